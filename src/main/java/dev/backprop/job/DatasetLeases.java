package dev.backprop.job;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository.Lease;

/// The data sets that a job needs, in use together.
///
/// @param training what it learns from
/// @param validation what it is measured with
record DatasetLeases(Lease training, Lease validation) implements Lease {

  @Override
  public Dataset dataset() {
    return training.dataset();
  }

  @Override
  public void close() {
    training.close();
    validation.close();
  }
}

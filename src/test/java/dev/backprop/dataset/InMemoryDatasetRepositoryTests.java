package dev.backprop.dataset;

import org.springframework.util.unit.DataSize;

class InMemoryDatasetRepositoryTests extends DatasetRepositoryContract {

  @Override
  DatasetRepository repository(long bytes) {
    return new InMemoryDatasetRepository(
        new DatasetProperties(
            100, 100, 1000, 100, DataSize.ofKilobytes(1), new MemoryLimit(bytes), 100));
  }
}

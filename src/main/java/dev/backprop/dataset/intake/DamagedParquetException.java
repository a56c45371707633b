package dev.backprop.dataset.intake;

import java.io.IOException;

/// A file is no Parquet file, or not as whole as it should be.
final class DamagedParquetException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedParquetException(String detail) {
    super(detail);
  }
}

package dev.backprop.dataset;

/// Repositories for the tests of other packages.
public final class DatasetRepositories {

  private DatasetRepositories() {}

  /// An empty one on the heap.
  public static DatasetRepository inMemory(DatasetProperties properties) {
    return new InMemoryDatasetRepository(properties);
  }
}

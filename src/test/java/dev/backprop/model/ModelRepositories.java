package dev.backprop.model;

/// Repositories for tests of other packages.
public final class ModelRepositories {

  private ModelRepositories() {}

  /// An empty one.
  public static ModelRepository inMemory() {
    return new InMemoryModelRepository();
  }
}

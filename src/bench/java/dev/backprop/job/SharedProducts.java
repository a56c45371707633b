package dev.backprop.job;

import dev.backprop.core.linalg.Products;

/// Products that a job's helpers share, for benchmarks elsewhere.
public final class SharedProducts {

  private SharedProducts() {}

  /// The same products on so many threads, which live as long as the process.
  public static Products of(Products products, int threads) {
    return threads == 1 ? products : products.sharedAmong(new Helpers(threads).crew(threads));
  }
}

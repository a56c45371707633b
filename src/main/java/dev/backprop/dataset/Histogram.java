package dev.backprop.dataset;

import io.swagger.v3.oas.annotations.media.Schema;

/// How many numbers lie in each of some ranges of equal width. A range has its lower edge, the last
/// one its upper edge too.
///
/// @param edges ascending, one more than there are ranges
/// @param counts of the numbers in each range
@Schema(
    description =
        "Ten ranges of equal width from min to max; each has its lower edge, the last its upper edge"
            + " too. One range alone where all numbers are the same.")
@SuppressWarnings("ArrayRecordComponent") // lists would take five times the memory
public record Histogram(
    @Schema(description = "Ascending, one more than counts", example = "[1.0, 1.59, 2.18]")
        double[] edges,
    @Schema(description = "Rows in each range", example = "[37, 13]") int[] counts) {

  /// As many as `numpy.histogram` has where nothing is said.
  public static final int BINS = 10;

  /// The histogram of numbers.
  ///
  /// @param sorted ascending, at least one
  static Histogram of(float[] sorted) {
    double min = sorted[0];
    double max = sorted[sorted.length - 1];
    if (min == max) {
      return new Histogram(new double[] {min, max}, new int[] {sorted.length});
    }
    double[] edges = new double[BINS + 1];
    for (int i = 0; i < BINS; i++) {
      edges[i] = min + i * ((max - min) / BINS);
    }
    edges[BINS] = max;
    int[] counts = new int[BINS];
    int bin = 0;
    for (float value : sorted) {
      while (bin < BINS - 1 && value >= edges[bin + 1]) {
        bin++;
      }
      counts[bin]++;
    }
    return new Histogram(edges, counts);
  }
}

package dev.backprop.core.linalg;

/// A generator of random numbers whose sequence will never change, so that a seed means the same
/// parameters in every release and on every machine.
///
/// Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
public final class SplitMix64 {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /// The sequence of a seed.
  public SplitMix64(long seed) {
    state = seed;
  }

  /// An independent sequence for each combination of a seed and keys, such as an epoch and a row.
  public static SplitMix64 keyed(long seed, long... keys) {
    long state = key(seed);
    for (long key : keys) {
      state = key(state, key);
    }
    return new SplitMix64(state);
  }

  /// The key of a seed, to begin a chain of [#key(long, long)].
  public static long key(long seed) {
    return mix(seed + GOLDEN_GAMMA);
  }

  /// The key of a combination and one key more: [#keyed] in steps, for [#doubleAt], which needs no
  /// object.
  public static long key(long combination, long key) {
    return mix(combination ^ ((key + GOLDEN_GAMMA) * GOLDEN_GAMMA));
  }

  /// The number that [#nextDouble] of the sequence of a key gives after `index` others.
  public static double doubleAt(long key, long index) {
    return toDouble(mix(key + (index + 1) * GOLDEN_GAMMA));
  }

  /// The number that [#nextGaussian] of the sequence of a key gives after `index` others.
  public static double gaussianAt(long key, long index) {
    return gaussian(doubleAt(key, 2 * index), doubleAt(key, 2 * index + 1));
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// The next 64 random bits.
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /// A whole number from 0 to `bound − 1`, each equally likely to within 2⁻³².
  public int nextInt(int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /// A number from the uniform distribution over [0, 1).
  public double nextDouble() {
    return toDouble(nextLong());
  }

  private static double toDouble(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /// A number from the normal distribution of mean 0 and variance 1.
  ///
  /// Box, Muller: A Note on the Generation of Random Normal Deviates, 1958.
  public double nextGaussian() {
    return gaussian(nextDouble(), nextDouble());
  }

  private static double gaussian(double first, double second) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - first));
    return radius * StrictMath.cos(2 * Math.PI * second);
  }
}

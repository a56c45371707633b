package dev.backprop.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.json.JsonMapper;

/// XOR learned by NumPy in float64: 2-2-1 sigmoid units, full batch, mean squared error, gradient
/// descent with [#LEARNING_RATE], from several initial parameters. `golden/xor.py` made it.
public final class XorGolden {

  /// η of every case.
  public static final double LEARNING_RATE = 0.2;

  private XorGolden() {}

  /// A training.
  ///
  /// @param name what is special about its initial parameters
  /// @param weights1 of the hidden layer, inputs × units
  /// @param biases1 of the hidden layer
  /// @param weights2 of the output layer, units × 1
  /// @param biases2 of the output layer
  /// @param losses of each epoch, measured before its step, to 9 significant digits
  @SuppressWarnings("ArrayRecordComponent") // it mirrors the file
  public record Case(
      String name,
      float[][] weights1,
      float[] biases1,
      float[][] weights2,
      float[] biases2,
      double[] losses) {

    @Override
    public String toString() {
      return name;
    }
  }

  /// All cases.
  public static List<Case> load() {
    try (InputStream file = XorGolden.class.getResourceAsStream("/golden/xor.json.gz");
        InputStream json = new GZIPInputStream(Objects.requireNonNull(file))) {
      return List.of(JsonMapper.shared().readValue(json, Case[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

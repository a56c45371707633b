package dev.backprop.inference.file;

import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.inference.export.ModelExporter.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// `parameters.f32`: little-endian 32-bit floats. Layer by layer W row by row (inputs × units), b,
/// and γ and β where it is normalized; after all of them, for each layer with batch normalization,
/// its running means and its running variances.
///
/// So its SHA-256 is the `parametersSha256` of the lineage.
final class ParametersFile {

  static final String NAME = "parameters.f32";

  private static final int CHUNK = 16_384;

  private ParametersFile() {}

  static Content of(Parameters parameters) {
    return out -> {
      write(parameters.values(), out);
      write(parameters.statistics(), out);
    };
  }

  private static void write(float[] values, OutputStream out) throws IOException {
    int room = Math.min(CHUNK, values.length);
    ByteBuffer bytes = ByteBuffer.allocate(room * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      bytes.asFloatBuffer().put(values, from, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }

  /// How many bytes a network has.
  static long size(NetworkSpec network) {
    long numbers = Math.min(network.parameterCount(), Long.MAX_VALUE / 16);
    return Float.BYTES * (numbers + network.statisticsCount());
  }

  /// The parameters of a network.
  ///
  /// @param bytes little-endian, [#size] of them
  static Parameters read(NetworkSpec network, ByteBuffer bytes) {
    FloatBuffer numbers = bytes.asFloatBuffer();
    float[] values = new float[Math.toIntExact(network.parameterCount())];
    float[] statistics = new float[Math.toIntExact(network.statisticsCount())];
    numbers.get(values).get(statistics);
    return new Parameters(network, values, statistics);
  }
}

package dev.backprop.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activations;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// P1: the network of W2 predicts one row, and batches of 256, here and in ONNX Runtime, in turns
/// and on one thread. Prints microseconds a call, the fastest of each round, and the ratio.
///
/// It measures in a process of its own with the few libraries that it needs: with all those of the
/// tests on the class path, ONNX Runtime 1.29 ends the process by a segmentation fault before its
/// session is there.
public final class PredictTable {

  private static final int[] BATCHES = {1, 256};
  private static final int ROUNDS = 5;
  private static final String ALONE = "alone";
  private static final Pattern NEEDED =
      Pattern.compile(".*(classes|onnxruntime|openblas|javacpp|jackson|jspecify).*");

  private PredictTable() {}

  /// Runs it.
  public static void main(String[] args) throws IOException, InterruptedException, OrtException {
    if (args.length > 0 && args[0].equals(ALONE)) {
      measure();
      return;
    }
    String path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> NEEDED.matcher(entry).matches())
            .collect(Collectors.joining(File.pathSeparator));
    run(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-classpath",
        path,
        PredictTable.class.getName(),
        ALONE);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException(String.join(" ", command) + " ended with " + exit);
    }
  }

  private static void measure() throws IOException, InterruptedException, OrtException {
    Workload workload =
        Workload.ALL.stream().filter(w -> w.name().equals("W2")).findFirst().orElseThrow();
    Path directory = Files.createTempDirectory("predict");
    workload.write(directory);
    run("/usr/bin/python3", "src/bench/python/peer_onnx.py", directory.toString());
    float[] rows = Workload.numbers(directory.resolve("x.f32"));
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    try (OrtSession session =
        environment.createSession(directory.resolve("model.onnx").toString(), options)) {
      NetworkSpec spec = workload.network();
      Network network =
          new Network(
              new Parameters(spec, Workload.numbers(directory.resolve("theta.f32"))),
              new Products(BlasProvider.best().blas()));
      for (int batch : BATCHES) {
        compare(batch, rows, network, environment, session);
      }
    }
  }

  private static void compare(
      int batch,
      float[] rows,
      Network network,
      OrtEnvironment environment,
      OrtSession session)
      throws OrtException {
    int inputs = network.spec().inputs();
    int outputs = network.spec().outputs();
    Matrix x = new Matrix(rows, 0, batch, inputs);
    Activations room = new Activations(network.spec(), batch);
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(batch * inputs * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    float[] theirs = new float[batch * outputs];
    float[] ours = new float[batch * outputs];
    Call here =
        () -> {
          Matrix y = network.forward(x, room);
          System.arraycopy(y.values(), y.offset(), ours, 0, ours.length);
        };
    Call there =
        () -> {
          buffer.clear();
          buffer.put(rows, 0, batch * inputs).flip();
          try (OnnxTensor tensor =
                  OnnxTensor.createTensor(environment, buffer, new long[] {batch, inputs});
              OrtSession.Result result = session.run(Map.of("x", tensor))) {
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(theirs);
          }
        };
    fastest(here, batch);
    fastest(there, batch);
    for (int i = 0; i < ours.length; i++) {
      if (Math.abs(ours[i] - theirs[i]) > 1e-5) {
        throw new IllegalStateException(ours[i] + " here, " + theirs[i] + " there");
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      double a = fastest(here, batch);
      double b = fastest(there, batch);
      System.out.printf(
          Locale.ROOT,
          "%4d rows: %8.2f µs here, %8.2f µs in ONNX Runtime, ratio %.2f%n",
          batch, a, b, b / a);
    }
  }

  /// The fastest of many series of calls, in microseconds a call.
  private static double fastest(Call call, int batch) throws OrtException {
    int calls = Math.max(1, 2_000 / batch);
    double fastest = Double.MAX_VALUE;
    for (int series = 0; series < 60; series++) {
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      fastest = Math.min(fastest, (System.nanoTime() - start) / 1e3 / calls);
    }
    return fastest;
  }

  private interface Call {
    void run() throws OrtException;
  }
}

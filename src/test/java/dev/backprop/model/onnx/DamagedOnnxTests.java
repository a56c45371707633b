package dev.backprop.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.nn.Parameters;
import dev.backprop.inference.FuzzedModels;
import dev.backprop.inference.Prediction;
import dev.backprop.inference.RawRows;
import dev.backprop.model.Model;
import dev.backprop.problem.Fuzzing;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Files of PyTorch and scikit-learn with bytes changed, left out, and cut off.
class DamagedOnnxTests {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  private static final int FILES = 10_000;

  private final SplitMix64 random = new SplitMix64(7);

  /// Those that are taken have other numbers, or other texts that nobody reads, and ONNX Runtime
  /// says the same of them.
  @Test
  void becomeTheNetworksThatTheyAreOrNone() throws IOException {
    List<byte[]> sound = OnnxModelReaderTests.names().map(OnnxModelReaderTests::file).toList();
    int taken = 0;
    int compared = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] file = damaged(sound.get(i % sound.size()));
      Taken model = taken(file);
      if (model != null) {
        taken++;
        compared += areModest(model) && isTheSame(file, model.prediction()) ? 1 : 0;
      }
    }
    assertThat(taken).isBetween(FILES / 20, FILES / 2);
    assertThat(compared).isGreaterThan(taken / 2);
  }

  private byte[] damaged(byte[] sound) {
    byte[] file = sound.clone();
    switch (random.nextInt(4)) {
      case 0 -> file = Arrays.copyOf(file, random.nextInt(file.length));
      case 1 -> {
        int at = random.nextInt(file.length);
        int count = Math.min(1 + random.nextInt(40), file.length - at);
        byte[] shorter = new byte[file.length - count];
        System.arraycopy(file, 0, shorter, 0, at);
        System.arraycopy(file, at + count, shorter, at, shorter.length - at);
        file = shorter;
      }
      default -> {
        for (int change = random.nextInt(4); change >= 0; change--) {
          file[random.nextInt(file.length)] = (byte) random.nextInt(256);
        }
      }
    }
    return file;
  }

  private record Taken(Model model, Prediction prediction) {}

  /// Whether nothing can overflow within.
  private static boolean areModest(Taken taken) {
    Parameters parameters = taken.model().parameters();
    return areModest(parameters.values()) && areModest(parameters.statistics());
  }

  /// What a model says of the row 0, 0.5, 1, …; null where the file becomes none.
  private static @Nullable Taken taken(byte[] file) throws IOException {
    AtomicReference<Taken> taken = new AtomicReference<>();
    Fuzzing.holds(8 << 20, () -> taken.set(predict(file)));
    return taken.get();
  }

  private static Taken predict(byte[] file) {
    Model model = OnnxModelReader.read(file, "damaged", ImportOptions.NONE, NOW);
    assertThat(model.parameters().areFinite()).isTrue();
    RawRows rows = new RawRows();
    for (float number : row(model.preprocessor().inputs())) {
      rows.addNumber(number);
    }
    rows.endRow(null, null);
    return new Taken(model, FuzzedModels.score(model, rows).getFirst());
  }

  private static float[] row(int length) {
    float[] row = new float[length];
    for (int i = 0; i < length; i++) {
      row[i] = i / 2f;
    }
    return row;
  }

  /// @return false where ONNX Runtime is stricter than we are, or the numbers overflow
  private static boolean isTheSame(byte[] file, Prediction prediction) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file);
        OnnxTensor input = input(environment, session);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      for (Map.Entry<String, OnnxValue> output : result) {
        if (output.getValue().getValue() instanceof float[][] numbers) {
          return prediction.error() == null
              && areModest(numbers[0])
              && areSame(numbers[0], prediction);
        }
      }
      return false;
    } catch (OrtException _) {
      return false;
    }
  }

  private static OnnxTensor input(OrtEnvironment environment, OrtSession session)
      throws OrtException {
    TensorInfo info = (TensorInfo) session.getInputInfo().values().iterator().next().getInfo();
    long[] shape = info.getShape();
    shape[0] = 1;
    int length = (int) Arrays.stream(shape).reduce(1, (product, size) -> product * size);
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(row(length)), shape);
  }

  private static boolean areSame(float[] numbers, Prediction prediction) {
    boolean second = numbers.length == 1 && prediction.label() != null;
    for (int i = 0; i < numbers.length; i++) {
      float ours = Objects.requireNonNull(prediction.scores()).number(second ? 1 : i);
      assertThat(Math.abs((double) numbers[i] - ours))
          .as("%s, %s", Arrays.toString(numbers), prediction)
          .isLessThanOrEqualTo(Math.max(1e-4 * Math.abs(ours), 1e-5));
    }
    return true;
  }

  private static boolean areModest(float[] numbers) {
    for (float number : numbers) {
      if (!(Math.abs(number) < 1e4)) {
        return false;
      }
    }
    return true;
  }
}

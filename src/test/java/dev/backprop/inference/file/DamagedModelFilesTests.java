package dev.backprop.inference.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.http.PageRequest;
import dev.backprop.inference.SampleModels;
import dev.backprop.model.Model;
import dev.backprop.model.ModelRepositories;
import dev.backprop.model.ModelRepository;
import dev.backprop.problem.Fuzzing;
import dev.backprop.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// Ten thousand model files with something wrong in them.
class DamagedModelFilesTests {

  private static final int FILES = 10_000;
  private static final long MOST_BYTES = 16 << 20;

  private final ModelRepository models = ModelRepositories.inMemory();
  private final ModelImporter importer =
      new ModelImporter(
          ModelFiles.READER,
          new ModelIntake(
              models,
              (_, keep) -> keep.run(),
              Clock.systemUTC(),
              new ModelImportProperties(DataSize.ofMegabytes(1))));

  @Test
  void areRefusedAndLeaveNothingBehind() throws IOException {
    List<byte[]> whole = SampleModels.all().stream().map(ModelFiles::write).toList();
    RandomGenerator random = RandomGeneratorFactory.of("SplittableRandom").create(1);
    for (int i = 0; i < FILES; i++) {
      byte[] file = damage(whole.get(i % whole.size()), random);
      Fuzzing.holds(
          MOST_BYTES,
          () ->
              assertThatThrownBy(() -> importer.add("x", new ByteArrayInputStream(file), -1))
                  .isInstanceOf(ProblemException.class));
    }
    assertThat(models.list(PageRequest.of(null, null)).data()).isEmpty();
    assertThat(models.bytes()).isZero();
  }

  /// The same bytes with some changed, cut off, left out, moved or added.
  private static byte[] damage(byte[] whole, RandomGenerator random) {
    byte[] file = whole.clone();
    int at = random.nextInt(file.length);
    switch (random.nextInt(5)) {
      case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> file = Arrays.copyOf(file, at);
      case 2 -> {
        byte[] longer = new byte[file.length + 1 + random.nextInt(100)];
        System.arraycopy(file, 0, longer, 0, at);
        System.arraycopy(file, at, longer, at + longer.length - file.length, file.length - at);
        longer[at] = (byte) random.nextInt(256);
        file = longer;
      }
      case 3 -> {
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
          file[random.nextInt(file.length)] += (byte) (1 + random.nextInt(255));
        }
      }
      default -> {
        int from = random.nextInt(file.length);
        int count = Math.min(1 + random.nextInt(64), file.length - Math.max(from, at));
        System.arraycopy(whole, from, file, at, count);
      }
    }
    return Arrays.equals(file, whole) ? new byte[0] : file;
  }

  @Test
  void areNoDangerWhereTheirHashesAgree() throws IOException {
    byte[] whole = ModelFiles.write(SampleModels.all().get(3));
    RandomGenerator random = RandomGeneratorFactory.of("SplittableRandom").create(2);
    for (int i = 0; i < FILES / 10; i++) {
      byte[] file =
          ModelFiles.with(
              whole,
              List.of("model.json", "self-test.json", "parameters.f32").get(i % 3),
              bytes -> damage(bytes, random));
      Fuzzing.holds(MOST_BYTES, () -> ModelFiles.READER.read(file));
    }
  }

  @Test
  void leaveAGoodOneUnharmed() throws IOException {
    Model model = SampleModels.all().getFirst();
    Model added = importer.add("x", new ByteArrayInputStream(ModelFiles.write(model)), -1);

    assertThat(models.find("x", 1)).contains(added);
    assertThat(added.lineage().job()).isEqualTo(model.lineage().job());
    assertThat(added.lineage().imported()).isNotNull();
  }
}

package dev.backprop.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.core.linalg.PlainBlas;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Model;
import dev.backprop.model.Models;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class PredictStreamTests {

  /// `y = 2·x`.
  private final Model twice =
      Models.of(
          "twice",
          1,
          Instant.parse("2026-01-01T10:00:00Z"),
          new Preprocessor(
              List.of(new NumberEncoder("x", new Scaler.None(), 0, 1e6f, null, false)),
              new TargetEncoder.Values(List.of("y"))),
          new Parameters(
              new NetworkSpec(1, List.of(new LayerSpec(1, new Activation.Linear()))),
              new float[] {2, 0}));

  private final RowScorer scorer =
      new RowScorer(twice, new Products(new PlainBlas()), Integer.MAX_VALUE, PredictOptions.NONE);
  private final RawRows rows = new RawRows();
  private final Written written = new Written();
  private final PredictStream stream = new PredictStream(scorer, rows, () -> written);

  /// Keeps what is written.
  private static final class Written implements PredictionWriter {

    private final List<Prediction> predictions = new ArrayList<>();
    private int flushed;
    private boolean ended;

    @Override
    public void write(Prediction prediction) {
      predictions.add(prediction);
    }

    @Override
    public void flush() {
      flushed = predictions.size();
    }

    @Override
    public void end() {
      ended = true;
    }
  }

  @Test
  void keepsNoMoreThanASliceOfRows() throws IOException {
    int[] count = {0};
    stream.run(
        () -> {
          assertThat(rows.size()).isLessThan(scorer.slice());
          if (count[0] == 100_000) {
            return false;
          }
          rows.addNumber(count[0]++);
          rows.endRow(null, null);
          return true;
        });
    assertThat(written.ended).isTrue();
    assertThat(written.predictions).hasSize(100_000);
    for (int i = 0; i < 100_000; i += 777) {
      assertThat(written.predictions.get(i).values()).isEqualTo(Map.of("y", 2f * i));
    }
  }

  @Test
  void endsASliceWhereTextsAreLong() throws IOException {
    int[] count = {0};
    stream.run(
        () -> {
          assertThat(rows.size()).isLessThan(4);
          rows.addText("x".repeat(400_000));
          rows.endRow(null, null);
          return ++count[0] < 10;
        });
    assertThat(written.predictions).hasSize(10).allMatch(p -> p.error() != null);
  }

  @Test
  void catchesUpBetweenRowsOnly() throws IOException {
    stream.catchUp();
    assertThat(written.predictions).isEmpty();
    rows.addNumber(1);
    stream.catchUp();
    rows.endRow(null, null);
    stream.catchUp();
    assertThat(written.flushed).isEqualTo(1);
    rows.addNumber(3);
    rows.endRow(null, null);
    rows.addNumber(4);
    stream.catchUp();
    assertThat(written.flushed).isEqualTo(1);
    rows.endRow(null, null);
    stream.run(() -> false);
    assertThat(written.predictions)
        .extracting(Prediction::values)
        .containsExactly(Map.of("y", 2f), Map.of("y", 6f), Map.of("y", 8f));
  }

  @Test
  void refusesBeforeItWritesAndEndsWithAnErrorAfterwards() throws IOException {
    ProblemException broken = new ProblemException(ProblemType.INVALID_DATA, "line 3: broken");
    RowSource source =
        () -> {
          throw broken;
        };
    rows.addNumber(1);
    rows.endRow(null, null);
    assertThatThrownBy(() -> stream.run(source)).isSameAs(broken);
    assertThat(written.predictions).isEmpty();
    stream.catchUp();
    rows.addNumber(2);
    rows.endRow(null, null);
    stream.run(source);
    assertThat(written.ended).isTrue();
    assertThat(written.predictions).hasSize(3);
    assertThat(Objects.requireNonNull(written.predictions.getLast().error()))
        .isEqualTo("line 3: broken; nothing after it was read");
  }

  @Test
  void letsOthersHaveTheirTurnBetweenSlices() {
    int cores = Runtime.getRuntime().availableProcessors();
    int callers = 4 * cores;
    int slices = 2_000; // so that the others begin before the first one ends
    AtomicIntegerArray scored = new AtomicIntegerArray(callers);
    CompletableFuture<String> whenTheFirstEnded = new CompletableFuture<>();
    rows.addNumber(1);
    rows.endRow(null, null);
    CountDownLatch all = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        int caller = i;
        threads.execute(
            () -> {
              RowScorer own =
                  new RowScorer(twice, new Products(new PlainBlas()), 1, PredictOptions.NONE);
              awaitUninterruptibly(all);
              for (int slice = 0; slice < slices; slice++) {
                assertThat(own.score(rows, 0)).hasSize(1);
                scored.incrementAndGet(caller);
              }
              whenTheFirstEnded.complete(scored.toString());
            });
      }
      all.countDown();
    }
    // each caller beyond the cores would else wait for the end of another
    String[] turns = whenTheFirstEnded.join().replaceAll("[\\[\\]]", "").split(", ");
    assertThat(turns).hasSize(callers);
    assertThat(turns).filteredOn(count -> !count.equals("0")).hasSizeGreaterThan(cores);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusesAnEmptyBody() {
    assertThatThrownBy(() -> stream.run(() -> false)).hasMessage("there are no rows");
  }
}

package dev.backprop.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.train.Mode;
import dev.backprop.core.train.Watched;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository.Lease;
import dev.backprop.http.SettableClock;
import dev.backprop.job.JobStatus;
import dev.backprop.job.Trial;
import dev.backprop.model.Metrics;
import dev.backprop.model.Model;
import dev.backprop.model.Models;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// A search whose trials end when and how the test says.
class SearchRunTests {

  private static final String CALLER = "seeker";
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final SearchSpec SPEC =
      new SearchSpec("sought", null, null, null, null, null, null, null, null);

  private final SettableClock clock = new SettableClock(NOW);
  private final List<FakeTrial> begun = new CopyOnWriteArrayList<>();
  private final List<Model> models = new CopyOnWriteArrayList<>();
  private final AtomicInteger leases = new AtomicInteger(1);
  private volatile IntFunction<@Nullable ProblemException> refusals = _ -> null;
  private final AtomicInteger attempts = new AtomicInteger();

  private static final class FakeTrial implements Trial {

    private final int number;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile JobStatus status = JobStatus.RUNNING;
    private volatile @Nullable Model model;
    private volatile boolean broken;
    private volatile boolean discarded;

    private FakeTrial(int number) {
      this.number = number;
    }

    private void end(JobStatus how, @Nullable Double validationLoss) {
      model = validationLoss == null ? null : modelOf(validationLoss);
      status = how;
      end.countDown();
    }

    @Override
    public String id() {
      return "job_" + number;
    }

    @Override
    public JobStatus status() {
      return status;
    }

    @Override
    public void awaitEnd() throws InterruptedException {
      end.await();
    }

    /// Stop means finish: it comes to a model of what it has learned.
    @Override
    public void cancel() {
      if (status == JobStatus.RUNNING) {
        end(JobStatus.CANCELLED, 10.0 + number);
      }
    }

    @Override
    public @Nullable Model model() {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      return model;
    }

    @Override
    public void discard() {
      model = null;
      discarded = true;
    }

    @Override
    public @Nullable String error() {
      return status == JobStatus.FAILED ? "diverged" : null;
    }
  }

  private static Model modelOf(double validationLoss) {
    Model model = Models.small("sought", 0, NOW);
    return new Model(
        model.name(),
        model.version(),
        model.createdAt(),
        model.task(),
        model.spec(),
        model.preprocessor(),
        model.parameters(),
        Metrics.of(1, Map.of(), validationLoss, Map.of()),
        model.lineage(),
        null,
        null,
        null);
  }

  private Search start(int trials, int parallel, @Nullable Duration limit) {
    Space space = new Space(List.of());
    PreparedSearch prepared =
        new PreparedSearch(
            "sought",
            SPEC,
            space,
            JsonMapper.shared().createObjectNode(),
            new FakeLease(),
            new Sequence(trials, number -> new Space.Point(Map.of("/n", number))),
            Watched.VALIDATION_LOSS,
            Mode.MIN,
            parallel,
            limit);
    Search search = new Search("search_1", "sought", SPEC, trials, NOW);
    run = new SearchRun(search, prepared, tools(), CALLER);
    Thread.ofVirtual().start(run);
    return search;
  }

  private @Nullable SearchRun run;

  private final class FakeLease implements Lease {

    @Override
    public Dataset dataset() {
      throw new AssertionError("nobody asks");
    }

    @Override
    public void close() {
      leases.decrementAndGet();
    }
  }

  private SearchRun.Tools tools() {
    return new SearchRun.Tools(
        (_, _) -> new Bound<>(jobSpec(), List.of()),
        (_, caller) -> {
          assertThat(caller).isEqualTo(CALLER);
          ProblemException refusal = refusals.apply(attempts.incrementAndGet());
          if (refusal != null) {
            throw refusal;
          }
          FakeTrial trial = new FakeTrial(begun.size());
          begun.add(trial);
          return trial;
        },
        (name, make) -> {
          Model model = make.apply(models.size() + 1);
          models.add(model);
          return model;
        },
        clock);
  }

  private static JobSpec jobSpec() {
    return Models.small("sought", 0, NOW).spec();
  }

  private FakeTrial await(int number) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> begun.size() > number);
    return begun.get(number);
  }

  private static SearchView end(Search search) throws InterruptedException {
    assertThat(search.awaitEnd(Duration.ofSeconds(20))).isTrue();
    return search.snapshot().view();
  }

  @Test
  void keepsTheBestOfItsTrials() throws InterruptedException {
    Search search = start(3, 1, null);
    await(0).end(JobStatus.SUCCEEDED, 0.3);
    await(1).end(JobStatus.SUCCEEDED, 0.1);
    await(2).end(JobStatus.SUCCEEDED, 0.2);
    SearchView view = end(search);
    assertThat(view.status()).isEqualTo(SearchStatus.SUCCEEDED);
    assertThat(view.stopReason()).isEqualTo(SearchStopReason.TRIALS);
    assertThat(values(view)).containsExactly(0.1, 0.2, 0.3);
    assertThat(models)
        .singleElement()
        .satisfies(model -> assertThat(model.metrics().validationLoss()).isEqualTo(0.1));
    assertThat(view.model()).isEqualTo(new SearchView.ModelLink("sought", 1));
    assertThat(leases).hasValue(0);
  }

  @Test
  void beginsNoMoreTrialsThanItMay() throws InterruptedException {
    Search search = start(5, 2, null);
    await(1);
    for (int number = 0; number < 5; number++) {
      await(number);
      assertThat(begun.size()).isLessThanOrEqualTo(number + 2);
      begun.get(number).end(JobStatus.SUCCEEDED, 1.0);
    }
    assertThat(end(search).progress().trials()).isEqualTo(5);
  }

  @Test
  void endsWhenItsTimeIsOverWithWhatItHas() throws InterruptedException {
    Search search = start(100, 2, Duration.ofSeconds(60));
    await(1);
    clock.set(NOW.plusSeconds(59));
    await(0).end(JobStatus.SUCCEEDED, 0.5);
    await(2);
    clock.set(NOW.plusSeconds(60));
    begun.get(1).end(JobStatus.SUCCEEDED, 0.4);
    SearchView view = end(search);
    assertThat(view.stopReason()).isEqualTo(SearchStopReason.TIME_LIMIT);
    assertThat(view.status()).isEqualTo(SearchStatus.SUCCEEDED);
    assertThat(begun).hasSize(3);
    assertThat(begun.get(2).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(values(view)).containsExactly(0.4, 0.5, 12.0);
    assertThat(models)
        .singleElement()
        .satisfies(model -> assertThat(model.metrics().validationLoss()).isEqualTo(0.4));
  }

  @Test
  void endsOfItselfWhenItsTimeIsOver() throws InterruptedException {
    clock.set(NOW.plusMillis(59_990)); // so that ten milliseconds are left of it
    Search search = start(100, 1, Duration.ofSeconds(60));
    await(0);
    clock.set(NOW.plusSeconds(60));
    assertThat(end(search).stopReason()).isEqualTo(SearchStopReason.TIME_LIMIT);
  }

  @Test
  void keepsTheBestSoFarIfItIsCancelled() throws InterruptedException {
    Search search = start(100, 1, null);
    await(0).end(JobStatus.SUCCEEDED, 0.5);
    await(1);
    assertThat(search.stop(SearchStopReason.CANCELLED)).isTrue();
    assertThat(search.stop(SearchStopReason.CANCELLED)).isFalse();
    assertThat(search.status()).isEqualTo(SearchStatus.CANCELLING);
    Objects.requireNonNull(run).wake();
    SearchView view = end(search);
    assertThat(view.status()).isEqualTo(SearchStatus.CANCELLED);
    assertThat(begun).hasSize(2);
    assertThat(models)
        .singleElement()
        .satisfies(model -> assertThat(model.metrics().validationLoss()).isEqualTo(0.5));
  }

  @Test
  void goesOnAfterTrialsThatFail() throws InterruptedException {
    refusals =
        attempt ->
            attempt == 2 ? new ProblemException(ProblemType.INSUFFICIENT_STORAGE, "no room") : null;
    Search search = start(4, 1, null);
    await(0).end(JobStatus.FAILED, null);
    await(1).end(JobStatus.SUCCEEDED, Double.POSITIVE_INFINITY);
    await(2).end(JobStatus.SUCCEEDED, 0.7);
    SearchView view = end(search);
    assertThat(view.status()).isEqualTo(SearchStatus.SUCCEEDED);
    assertThat(view.progress().failed()).isEqualTo(3);
    List<TrialView> trials = Objects.requireNonNull(view.trials());
    assertThat(trials).extracting(TrialView::rank).containsExactly(1, null, null, null);
    assertThat(trials).extracting(TrialView::error).contains("no room", "diverged");
  }

  @Test
  void failsIfNoTrialComesToAModel() throws InterruptedException {
    Search search = start(1, 1, null);
    await(0).end(JobStatus.FAILED, null);
    SearchView view = end(search);
    assertThat(view.status()).isEqualTo(SearchStatus.FAILED);
    assertThat(view.error()).contains("No trial came to a model");
    assertThat(models).isEmpty();
  }

  @Test
  void saysSoIfTheServerIsAtFault() throws InterruptedException {
    Search search = start(2, 1, null);
    await(0).end(JobStatus.SUCCEEDED, 0.3);
    await(1).broken = true;
    begun.get(1).end(JobStatus.SUCCEEDED, 0.2);
    SearchView view = end(search);
    assertThat(view.status()).isEqualTo(SearchStatus.FAILED);
    assertThat(view.stopReason()).isNull();
    assertThat(view.error()).contains("The server made a mistake");
    assertThat(view.model()).isNotNull();
    assertThat(leases).hasValue(0);
  }

  @Test
  void triesAgainWhenTheQueueWasFull() throws InterruptedException {
    refusals =
        attempt -> attempt == 2 ? new ProblemException(ProblemType.QUEUE_FULL, "full") : null;
    Search search = start(2, 2, null);
    await(0).end(JobStatus.SUCCEEDED, 0.3);
    await(1).end(JobStatus.SUCCEEDED, 0.2);
    SearchView view = end(search);
    assertThat(values(view)).containsExactly(0.2, 0.3);
    assertThat(attempts).hasValue(3);
  }

  @Test
  void endsWithTheServer() throws InterruptedException {
    refusals =
        attempt -> attempt == 2 ? new ProblemException(ProblemType.UNAVAILABLE, "down") : null;
    Search search = start(9, 1, null);
    await(0).end(JobStatus.CANCELLED, 0.3);
    SearchView view = end(search);
    assertThat(view.stopReason()).isEqualTo(SearchStopReason.SHUTDOWN);
    assertThat(view.status()).isEqualTo(SearchStatus.CANCELLED);
    assertThat(models).hasSize(1);
  }

  /// The memory of each model is given back, whatever became of the search.
  @AfterEach
  void nothingIsHeld() {
    Awaitility.await().until(() -> begun.stream().allMatch(trial -> trial.discarded));
  }

  private static List<Double> values(SearchView view) {
    List<Double> values = new ArrayList<>();
    for (TrialView trial : Objects.requireNonNull(view.trials())) {
      if (trial.value() != null) {
        values.add(trial.value());
      }
    }
    return values;
  }
}

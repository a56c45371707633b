package dev.backprop.search;

import dev.backprop.core.train.Mode;
import dev.backprop.core.train.Watched;
import dev.backprop.job.JobProperties;
import dev.backprop.job.Trials;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.EnumNames;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes a prepared search out of a request, or says all that is wrong with it.
@Component
final class SearchPlanner {

  private static final String JOB = "#/job";
  private static final String SPACE = "#/space";

  /// What trials must have in common to be compared, and what the search itself decides.
  private static final Set<String> FIXED = Set.of("name", "dataset", "validation");

  private final Trials trials;
  private final JobJson json;
  private final SearchProperties limits;
  private final JobProperties jobs;

  SearchPlanner(Trials trials, JobJson json, SearchProperties limits, JobProperties jobs) {
    this.trials = trials;
    this.json = json;
    this.limits = limits;
    this.jobs = jobs;
  }

  /// Fills in every default and checks the job, the space and each of its corners. Inline data are
  /// stored only if nothing is wrong.
  ///
  /// @throws ProblemException with all errors, as for a job, with pointers into the search
  PreparedSearch prepare(Bound<SearchSpec> request) {
    InputErrors errors = new InputErrors();
    errors.addAll(request.errors());
    SearchSpec spec = request.value();
    boolean formIsWrong = !errors.isEmpty();
    Space space = space(spec, formIsWrong, errors);
    checkMetric(spec, errors);
    JobSpec job = spec.job();
    if (formIsWrong || job == null) {
      throw errors.toProblem(ProblemType.INVALID_REQUEST);
    }
    if (job.validation() == null) {
      errors.add(
          JOB + "/validation",
          "is needed: trials are compared on validation rows, such as {\"fraction\": 0.2}");
    }
    Trials.Checked checked = check(job, errors);
    errors.throwIfAny(ProblemType.INVALID_SPECIFICATION);
    checkDefined(metric(spec), checked, errors);
    errors.throwIfAny(new Corners(trials, json, space, checked).check(job, errors));
    return prepare(spec, job, space, checked);
  }

  private Trials.Checked check(JobSpec job, InputErrors errors) {
    try {
      return trials.check(new Bound<>(job, List.of()));
    } catch (ProblemException e) {
      if (e.errors().isEmpty()) {
        throw e;
      }
      e.errors().forEach(error -> errors.add(error.below(JOB)));
      throw errors.toProblem(e.type());
    }
  }

  private static Watched metric(SearchSpec spec) {
    return spec.metric() == null ? Watched.VALIDATION_LOSS : spec.metric();
  }

  private static void checkMetric(SearchSpec spec, InputErrors errors) {
    if (!metric(spec).isOfValidation()) {
      errors.add(
          "#/metric",
          "'%s' is of the training rows; trials are ranked by one of the validation rows, such as validationLoss"
              .formatted(EnumNames.of(metric(spec))));
    }
  }

  private static void checkDefined(Watched metric, Trials.Checked job, InputErrors errors) {
    if (metric.metric() != null && !job.metrics().contains(metric.metric())) {
      errors.add(
          "#/metric",
          "the models of this job have no %s; they have %s"
              .formatted(
                  EnumNames.of(metric.metric()),
                  job.metrics().stream().map(EnumNames::of).collect(Collectors.joining(", "))));
    }
  }

  private static Space space(SearchSpec spec, boolean formIsWrong, InputErrors errors) {
    List<Space.Dimension> dimensions = new ArrayList<>();
    Map<String, @Nullable SearchDimension> given = spec.space() == null ? Map.of() : spec.space();
    boolean grid = spec.strategy() instanceof SearchStrategy.Grid;
    given.forEach(
        (key, values) -> {
          String place = JsonErrors.child(SPACE, key);
          FieldPointer field = FieldPointer.parse(key).orElse(null);
          if (field == null) {
            errors.add(
                place,
                "'%s' is no JSON Pointer to a field of the job, such as /training/batchSize"
                    .formatted(JsonErrors.shorten(key)));
          } else if (FIXED.contains(field.root())) {
            errors.add(
                place,
                "%s is the same for all trials, which are compared with each other"
                    .formatted(field.root()));
          } else if (isEpochs(field)
              && spec.strategy() instanceof SearchStrategy.SuccessiveHalving) {
            errors.add(place, "successive halving itself decides for how many epochs to train");
          } else if (values == null) {
            errors.add(
                place,
                "needs the values to try, such as {\"type\": \"choice\", \"values\": [8, 16]}");
          } else if (!formIsWrong) {
            values.check(place, grid, errors);
            dimensions.add(new Space.Dimension(key, field, values));
          }
        });
    return new Space(dimensions);
  }

  private static boolean isEpochs(FieldPointer field) {
    return field.steps().equals(List.of("training", "epochs"))
        || field.steps().equals(List.of("training"));
  }

  private PreparedSearch prepare(
      SearchSpec spec, JobSpec job, Space space, Trials.Checked checked) {
    SearchStrategy strategy =
        spec.strategy() == null ? new SearchStrategy.RandomPoints() : spec.strategy();
    int points = points(spec, strategy, space);
    long seed = spec.seed() == null ? SearchSpec.DEFAULT_SEED : spec.seed();
    IntFunction<Space.Point> drawn = number -> space.randomPoint(seed, number);
    Course course =
        switch (strategy) {
          case SearchStrategy.Grid _ -> new Sequence(points, space::gridPoint);
          case SearchStrategy.RandomPoints _ -> new Sequence(points, drawn);
          case SearchStrategy.SuccessiveHalving halving ->
              new Halving(halving.factorOrDefault(), points, checked.epochs(), drawn);
        };
    Watched metric = metric(spec);
    Mode mode = spec.mode() == null ? metric.usualMode() : spec.mode();
    int workers = jobs.workerThreads();
    int parallel = spec.parallel() == null ? workers : Math.min(spec.parallel(), workers);
    Double seconds = spec.budget() == null ? null : spec.budget().seconds();
    String name = spec.name() == null ? checked.name() : spec.name();
    Trials.Kept kept = trials.keep(job);
    SearchSpec complete =
        new SearchSpec(
            name,
            kept.spec(),
            spec.space(),
            strategy instanceof SearchStrategy.SuccessiveHalving halving
                ? new SearchStrategy.SuccessiveHalving(halving.factorOrDefault())
                : strategy,
            metric,
            mode,
            new SearchSpec.Budget(points, seconds),
            seed,
            parallel);
    return new PreparedSearch(
        name,
        complete,
        space,
        json.write(kept.spec(), kept.lease().dataset().id()).put("name", name),
        kept.lease(),
        course,
        metric,
        mode,
        parallel,
        seconds == null ? null : Duration.ofNanos(Math.round(1e9 * seconds)));
  }

  /// How many points are tried.
  private int points(SearchSpec spec, SearchStrategy strategy, Space space) {
    Integer asked = spec.budget() == null ? null : spec.budget().trials();
    long all = strategy instanceof SearchStrategy.Grid ? space.gridSize() : Long.MAX_VALUE;
    long byDefault = all == Long.MAX_VALUE ? SearchSpec.Budget.DEFAULT_TRIALS : all;
    long points = asked == null ? byDefault : Math.min(asked, all);
    if (points > limits.maxTrials()) {
      String pointer = asked == null ? SPACE : "#/budget/trials";
      throw new ProblemException(
          ProblemType.LIMIT_EXCEEDED,
          "The search has %d points to try, backprop.searches.max-trials allows %d."
              .formatted(points, limits.maxTrials()),
          List.of(
              InputError.at(
                  pointer,
                  "%d points, but at most %d may be tried; give a smaller space or budget"
                      .formatted(points, limits.maxTrials()))));
    }
    return (int) points;
  }
}

package dev.backprop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.backprop.core.metric.Metric;
import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [ModelRepository] does.
abstract class ModelRepositoryContract {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  /// An empty repository.
  abstract ModelRepository repository();

  @Test
  void countsVersionsFromOneUnderEachName() {
    ModelRepository models = repository();
    assertThat(add(models, "a", 1).version()).isEqualTo(1);
    assertThat(add(models, "a", 2).version()).isEqualTo(2);
    assertThat(add(models, "b", 3).version()).isEqualTo(1);
    assertThat(models.find("a", 1))
        .hasValueSatisfying(model -> assertThat(model.version()).isOne());
    assertThat(models.newest("a")).hasValueSatisfying(m -> assertThat(m.version()).isEqualTo(2));
    assertThat(models.find("a", 3)).isEmpty();
    assertThat(models.find("c", 1)).isEmpty();
    assertThat(models.newest("c")).isEmpty();
  }

  @Test
  void givesNoVersionTwice() {
    ModelRepository models = repository();
    add(models, "a", 1);
    add(models, "a", 2);
    assertThat(models.delete("a", 2)).isTrue();
    assertThat(models.delete("a", 2)).isFalse();
    assertThat(models.newest("a")).hasValueSatisfying(m -> assertThat(m.version()).isEqualTo(1));
    assertThat(models.delete("a", 1)).isTrue();
    assertThat(models.newest("a")).isEmpty();
    assertThat(models.list(new PageRequest(10, null)).data()).isEmpty();
    assertThat(models.versions("a", new PageRequest(10, null)).data()).isEmpty();
    assertThat(add(models, "a", 3).version()).isEqualTo(3);
    assertThat(models.delete("b", 1)).isFalse();
  }

  @Test
  void staysAsItWasWhenAModelCannotBeMade() {
    ModelRepository models = repository();
    add(models, "a", 1);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                models.add(
                    "a",
                    version -> {
                      throw new IllegalStateException("no version " + version);
                    }));
    assertThat(models.newest("a")).hasValueSatisfying(m -> assertThat(m.version()).isEqualTo(1));
    assertThat(add(models, "a", 2).version()).isGreaterThan(1);
  }

  @Test
  void givesNoVersionTwiceToManyAtOnce() throws Exception {
    ModelRepository models = repository();
    int threads = 8;
    CyclicBarrier together = new CyclicBarrier(threads);
    List<Future<List<Integer>>> added = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int thread = 0; thread < threads; thread++) {
        added.add(
            executor.submit(
                () -> {
                  together.await();
                  List<Integer> versions = new ArrayList<>();
                  for (int i = 0; i < 200; i++) {
                    int version = add(models, "a", i).version();
                    versions.add(version);
                    if (i % 3 == 0) {
                      models.delete("a", version);
                    }
                    models.newest("a").ifPresent(model -> assertThat(model.name()).isEqualTo("a"));
                  }
                  return versions;
                }));
      }
    }
    List<Integer> all = new ArrayList<>();
    for (Future<List<Integer>> versions : added) {
      assertThat(versions.get()).isSorted();
      all.addAll(versions.get());
    }
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, threads * 200).boxed().toList());
  }

  @Test
  void listsTheNewestVersionOfEachNameNewestFirst() {
    ModelRepository models = repository();
    add(models, "a", 1);
    add(models, "b", 2);
    add(models, "c", 2);
    add(models, "d", 3);
    add(models, "a", 4);
    List<List<String>> pages =
        pages(after -> models.list(new PageRequest(3, after)), m -> m.name() + m.version());
    assertThat(pages).containsExactly(List.of("a2", "d1", "c1"), List.of("b1"));
  }

  @Test
  void listsOnFromACursorWhoseModelIsGoneOrNewer() {
    ModelRepository models = repository();
    IntStream.rangeClosed(1, 5).forEach(i -> add(models, "m" + i, i));
    Page<Model> first = models.list(new PageRequest(2, null));
    models.delete("m4", 1);
    PageRequest second = new PageRequest(2, first.next());
    assertThat(models.list(second).map(Model::name).data()).containsExactly("m3", "m2");
    add(models, "m4", 6);
    assertThat(models.list(second).map(Model::name).data()).containsExactly("m3", "m2");
  }

  @Test
  void listsVersionsNewestFirstPageByPage() {
    ModelRepository models = repository();
    IntStream.rangeClosed(1, 5).forEach(i -> add(models, "a", i));
    add(models, "b", 6);
    List<List<String>> pages =
        pages(
            after -> models.versions("a", new PageRequest(2, after)), m -> m.name() + m.version());
    assertThat(pages).containsExactly(List.of("a5", "a4"), List.of("a3", "a2"), List.of("a1"));
    models.delete("a", 3);
    assertThat(models.versions("a", new PageRequest(2, "3")).map(Model::version).data())
        .containsExactly(2, 1);
    assertThat(models.versions("c", new PageRequest(2, null)).data()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "m1", "x~m1", "2026~m1", "-1", "1e3", "99999999999"})
  void refusesCursorsThatItNeverGave(String cursor) {
    ModelRepository models = repository();
    add(models, "a", 1);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> models.list(new PageRequest(2, cursor)))
        .withMessageContaining("'after' is '" + cursor + "'")
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> models.versions("a", new PageRequest(2, cursor)))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST));
  }

  @Test
  void meansTheNewestByANameUntilThereIsAChampion() {
    ModelRepository models = repository();
    assertThat(models.find("a")).isEmpty();
    add(models, "a", 1);
    add(models, "a", 2);
    assertThat(versionOf(models.find("a"))).isEqualTo(2);

    point(models, "stable", 1);
    assertThat(versionOf(models.find("a"))).as("another alias").isEqualTo(2);
    Alias champion = point(models, "champion", 1);
    add(models, "a", 3);
    assertThat(versionOf(models.find("a"))).isEqualTo(1);
    assertThat(versionOf(models.newest("a"))).isEqualTo(3);

    assertThat(models.deleteAlias("a", champion)).isTrue();
    assertThat(versionOf(models.find("a"))).isEqualTo(3);
  }

  @Test
  void findsVersionsByNumberAliasAndAsTheNewest() {
    ModelRepository models = repository();
    add(models, "a", 1);
    add(models, "a", 2);
    add(models, "b", 3);
    point(models, "stable", 1);
    assertThat(models.require("a", "1").version()).isEqualTo(1);
    assertThat(models.require("a", "stable").version()).isEqualTo(1);
    assertThat(models.require("a", "newest").version()).isEqualTo(2);
    assertThat(models.require("a").version()).isEqualTo(2);
    assertThat(models.find("b", "stable")).as("of another model").isEmpty();
    for (String nothing : List.of("3", "0", "-1", "01", "1.0", "9999999999", "other", "", "né")) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> models.require("a", nothing))
          .withMessageContaining("a version " + nothing)
          .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND));
    }
  }

  @Test
  void remembersWhatAnAliasPointedAt() {
    ModelRepository models = repository();
    add(models, "a", 1);
    add(models, "a", 2);
    Gate gate = new Gate("ds_1", Metric.ACCURACY, 0.9, null);
    Alias first = models.setAlias(new AliasChange("a", "stable", 1, null), null, NOW).orElseThrow();
    Alias second =
        models
            .setAlias(new AliasChange("a", "stable", 2, gate), first, NOW.plusSeconds(1))
            .orElseThrow();
    Alias third =
        models
            .setAlias(new AliasChange("a", "stable", 2, null), second, NOW.plusSeconds(2))
            .orElseThrow();

    assertThat(second.gate()).isEqualTo(gate);
    assertThat(third.gate()).isNull();
    assertThat(third.since()).as("since it points there").isEqualTo(NOW.plusSeconds(1));
    assertThat(third.history())
        .containsExactly(new Alias.Target(2, NOW.plusSeconds(1)), new Alias.Target(1, NOW));
    assertThat(models.alias("a", "stable")).contains(third);
    assertThat(List.of(first, second, third)).extracting(Alias::entityTag).doesNotHaveDuplicates();
  }

  @Test
  void forgetsTheOldestOfALongHistory() {
    ModelRepository models = repository();
    add(models, "a", 1);
    add(models, "a", 2);
    Alias alias = point(models, "b", 2);
    for (int i = 0; i < Alias.HISTORY + 10; i++) {
      alias =
          models
              .setAlias(new AliasChange("a", "b", 1 + i % 2, null), alias, NOW.plusSeconds(i))
              .orElseThrow();
    }
    assertThat(alias.history()).hasSize(Alias.HISTORY);
    assertThat(alias.history().getLast().since()).isEqualTo(NOW.plusSeconds(10));
  }

  @Test
  void changesAnAliasOnlyAsItWasSeen() {
    ModelRepository models = repository();
    add(models, "a", 1);
    add(models, "a", 2);
    Alias first = point(models, "stable", 1);
    AliasChange change = new AliasChange("a", "stable", 2, null);
    assertThat(models.setAlias(change, null, NOW)).as("it is there").isEmpty();
    Alias second = models.setAlias(change, first, NOW).orElseThrow();
    assertThat(models.setAlias(change, first, NOW)).as("it was changed").isEmpty();
    assertThat(models.deleteAlias("a", first)).isFalse();
    assertThat(models.deleteAlias("a", second)).isTrue();
    assertThat(models.deleteAlias("a", second)).isFalse();
    assertThat(models.setAlias(change, second, NOW)).as("it is gone").isEmpty();
    assertThat(point(models, "stable", 2).entityTag()).isNotEqualTo(second.entityTag());
  }

  @Test
  void pointsOnlyAtVersionsThatAreThere() {
    ModelRepository models = repository();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> point(models, "stable", 1))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND));
    add(models, "a", 1);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> point(models, "stable", 2))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND));
    assertThat(models.aliases("a")).isEmpty();
    assertThat(models.aliases("b")).isEmpty();
    assertThat(models.alias("b", "stable")).isEmpty();
  }

  @Test
  void keepsVersionsThatAliasesPointAt() {
    ModelRepository models = repository();
    add(models, "a", 1);
    Alias stable = point(models, "stable", 1);
    Alias champion = point(models, "champion", 1);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> models.delete("a", 1))
        .withMessageContaining("aliases 'champion', 'stable'")
        .withMessageContaining("PUT /api/v1/models/a/aliases/champion")
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.CONFLICT));
    assertThat(models.aliases("a")).containsExactly(champion, stable);
    models.deleteAlias("a", stable);
    models.deleteAlias("a", champion);
    assertThat(models.delete("a", 1)).isTrue();
    assertThat(models.find("a")).isEmpty();
  }

  @Test
  void boundsTheNumberOfAliases() {
    ModelRepository models = repository();
    add(models, "a", 1);
    IntStream.range(0, Alias.LIMIT).forEach(i -> point(models, "alias" + i, 1));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> point(models, "more", 1))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.LIMIT_EXCEEDED));
    Alias seen = models.alias("a", "alias7").orElseThrow();
    assertThat(models.setAlias(new AliasChange("a", "alias7", 1, null), seen, NOW)).isPresent();
  }

  /// Odd versions are promoted, one after the other; even ones are only the newest for a moment.
  @Test
  void switchesInOneMoment() throws Exception {
    ModelRepository models = repository();
    add(models, "a", 0);
    Alias champion = point(models, "champion", 1);
    int rounds = 2_000;
    try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
      List<Future<?>> readers = new ArrayList<>();
      for (int reader = 0; reader < 3; reader++) {
        readers.add(executor.submit(() -> watch(models, 2 * rounds + 1)));
      }
      for (int round = 1; round <= rounds; round++) {
        add(models, "a", round);
        int next = add(models, "a", round).version();
        champion =
            models
                .setAlias(new AliasChange("a", "champion", next, null), champion, NOW)
                .orElseThrow();
        models.delete("a", next - 1);
        models.delete("a", next - 2);
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    }
  }

  private static void watch(ModelRepository models, int until) {
    int last = 0;
    while (last < until) {
      int version = versionOf(models.find("a"));
      assertThat(version).isGreaterThanOrEqualTo(last).isOdd();
      assertThat(models.find("a", "champion")).as("what was promoted").isPresent();
      last = version;
    }
  }

  private static int versionOf(Optional<Model> model) {
    return model.orElseThrow().version();
  }

  private static Alias point(ModelRepository models, String alias, int version) {
    return models.setAlias(new AliasChange("a", alias, version, null), null, NOW).orElseThrow();
  }

  @Test
  void sumsTheMemoryOfAllVersions() {
    ModelRepository models = repository();
    assertThat(models.bytes()).isZero();
    long one = add(models, "a", 1).bytes();
    add(models, "a", 2);
    add(models, "b", 3);
    assertThat(one).isPositive();
    assertThat(models.bytes()).isEqualTo(3 * one);
    models.delete("a", 1);
    assertThat(models.bytes()).isEqualTo(2 * one);
  }

  private static Model add(ModelRepository models, String name, int second) {
    return models.add(name, version -> Models.small(name, version, NOW.plusSeconds(second)));
  }

  private static List<List<String>> pages(
      Function<@Nullable String, Page<Model>> list, Function<Model, String> view) {
    List<List<String>> pages = new ArrayList<>();
    Page<Model> page = list.apply(null);
    while (page.next() != null) {
      pages.add(page.map(view).data());
      page = list.apply(page.next());
    }
    pages.add(page.map(view).data());
    return pages;
  }
}

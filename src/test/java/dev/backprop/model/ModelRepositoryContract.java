package dev.backprop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  void sumsTheMemoryOfAllVersions() {
    ModelRepository models = repository();
    assertThat(models.bytes()).isZero();
    long one = add(models, "a", 1).bytes();
    add(models, "a", 2);
    add(models, "b", 3);
    assertThat(one).isEqualTo(2 * Float.BYTES);
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

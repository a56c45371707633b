package dev.backprop.model;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.ProblemException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Keeps models on the heap. They are gone when the server ends.
@Repository
final class InMemoryModelRepository implements ModelRepository {

  private final Map<String, Versions> models = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  @Override
  public Model add(String name, IntFunction<Model> model) {
    Model added = models.computeIfAbsent(name, _ -> new Versions()).add(model);
    bytes.addAndGet(added.bytes());
    return added;
  }

  private Optional<Versions> of(String name) {
    return Optional.ofNullable(models.get(name));
  }

  @Override
  public Optional<Model> find(String name) {
    return of(name).flatMap(Versions::find);
  }

  @Override
  public Optional<Model> newest(String name) {
    return of(name).flatMap(Versions::newest);
  }

  @Override
  public Optional<Model> find(String name, int version) {
    return of(name).flatMap(versions -> versions.find(version));
  }

  @Override
  public Optional<Model> find(String name, String alias) {
    return of(name).flatMap(versions -> versions.find(alias));
  }

  @Override
  public Page<Model> list(PageRequest request) {
    ModelCursor after = request.after() == null ? null : ModelCursor.parse(request.after());
    List<Model> newest =
        models.values().stream()
            .flatMap(versions -> versions.newest().stream())
            .filter(model -> after == null || ModelCursor.of(model).compareTo(after) > 0)
            .sorted(Comparator.comparing(ModelCursor::of))
            .limit(request.limit() + 1L)
            .toList();
    return Page.of(newest, request.limit(), model -> ModelCursor.of(model).toString());
  }

  @Override
  public Page<Model> versions(String name, PageRequest request) {
    Versions versions = models.get(name);
    if (versions == null) {
      return new Page<>(List.of(), null);
    }
    NavigableMap<Integer, Model> all = versions.all();
    Collection<Model> rest =
        (request.after() == null ? all : all.headMap(versionOf(request.after()), false))
            .descendingMap()
            .values();
    return Page.of(
        rest.stream().limit(request.limit() + 1L).toList(),
        request.limit(),
        model -> Integer.toString(model.version()));
  }

  private static int versionOf(String cursor) {
    if (!cursor.matches("[0-9]{1,9}")) {
      throw ModelCursor.invalid(cursor);
    }
    return Integer.parseInt(cursor);
  }

  @Override
  public boolean delete(String name, int version) {
    Optional<Model> deleted = of(name).flatMap(versions -> versions.delete(name, version));
    deleted.ifPresent(model -> bytes.addAndGet(-model.bytes()));
    return deleted.isPresent();
  }

  @Override
  public List<Alias> aliases(String name) {
    return of(name).map(Versions::aliases).orElse(List.of());
  }

  @Override
  public Optional<Alias> alias(String name, String alias) {
    return of(name).flatMap(versions -> versions.alias(alias));
  }

  @Override
  public Optional<Alias> setAlias(AliasChange change, @Nullable Alias seen, Instant now) {
    return of(change.model())
        .orElseThrow(() -> ProblemException.notFound("model", change.model()))
        .set(change, seen, now);
  }

  @Override
  public boolean deleteAlias(String name, Alias seen) {
    return of(name).map(versions -> versions.delete(seen)).orElse(false);
  }

  @Override
  public long bytes() {
    return bytes.get();
  }
}

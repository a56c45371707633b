package dev.backprop.model;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Keeps models on the heap. They are gone when the server ends.
@Repository
final class InMemoryModelRepository implements ModelRepository {

  private final Map<String, Versions> models = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  /// The versions of one name; a name keeps its counter when all of them are gone.
  private record Versions(AtomicInteger last, NavigableMap<Integer, Model> byNumber) {

    Versions() {
      this(new AtomicInteger(), new ConcurrentSkipListMap<>());
    }

    @Nullable Model newest() {
      Map.Entry<Integer, Model> entry = byNumber.lastEntry();
      return entry == null ? null : entry.getValue();
    }
  }

  @Override
  public Model add(String name, IntFunction<Model> model) {
    Versions versions = models.computeIfAbsent(name, _ -> new Versions());
    Model before = versions.newest();
    Model made = model.apply(versions.last().incrementAndGet());
    Model kept = before == null ? made : made.sharing(before);
    versions.byNumber().put(kept.version(), kept);
    bytes.addAndGet(kept.bytes());
    return kept;
  }

  @Override
  public Optional<Model> newest(String name) {
    return Optional.ofNullable(models.get(name)).map(Versions::newest);
  }

  @Override
  public Optional<Model> find(String name, int version) {
    return Optional.ofNullable(models.get(name)).map(v -> v.byNumber().get(version));
  }

  @Override
  public Page<Model> list(PageRequest request) {
    ModelCursor after = request.after() == null ? null : ModelCursor.parse(request.after());
    List<Model> newest =
        models.values().stream()
            .flatMap(versions -> Stream.ofNullable(versions.newest()))
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
    NavigableMap<Integer, Model> all = versions.byNumber();
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
    Versions versions = models.get(name);
    Model deleted = versions == null ? null : versions.byNumber().remove(version);
    if (deleted == null) {
      return false;
    }
    bytes.addAndGet(-deleted.bytes());
    return true;
  }

  @Override
  public long bytes() {
    return bytes.get();
  }
}

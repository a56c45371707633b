package dev.backprop.model;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The versions of one name and its aliases; a name keeps its counters when all of them are gone.
///
/// Whoever changes something holds the lock and puts a new [Standing] in the place of the old one.
/// Readers look at one of them and never wait.
final class Versions {

  private final AtomicInteger last = new AtomicInteger();
  private final NavigableMap<Integer, Model> byNumber = new ConcurrentSkipListMap<>();
  private volatile Standing standing = new Standing(null, Map.of(), List.of());
  private long revision;

  /// What names mean at one moment.
  ///
  /// @param newest null where there is no version
  /// @param byAlias the versions that aliases point at
  /// @param aliases in the order of their names
  private record Standing(
      @Nullable Model newest, Map<String, Model> byAlias, List<Alias> aliases) {}

  Model add(IntFunction<Model> model) {
    Model before = newest().orElse(null);
    Model made = model.apply(last.incrementAndGet());
    Model kept = before == null ? made : made.sharing(before);
    synchronized (this) {
      byNumber.put(kept.version(), kept);
      stand(standing.aliases());
    }
    return kept;
  }

  /// All that is asked of the aliases is in the repository's contract.
  private void stand(List<Alias> aliases) {
    Map.Entry<Integer, Model> entry = byNumber.lastEntry();
    standing =
        new Standing(
            entry == null ? null : entry.getValue(),
            aliases.stream()
                .collect(
                    Collectors.toUnmodifiableMap(
                        Alias::name, alias -> byNumber.get(alias.version()))),
            aliases);
  }

  /// The champion, or else the newest.
  Optional<Model> find() {
    Standing now = standing;
    Model champion = now.byAlias().get(Alias.CHAMPION);
    return Optional.ofNullable(champion == null ? now.newest() : champion);
  }

  Optional<Model> newest() {
    return Optional.ofNullable(standing.newest());
  }

  Optional<Model> find(int version) {
    return Optional.ofNullable(byNumber.get(version));
  }

  Optional<Model> find(String alias) {
    return Optional.ofNullable(standing.byAlias().get(alias));
  }

  /// By their numbers; may change meanwhile.
  NavigableMap<Integer, Model> all() {
    return byNumber;
  }

  List<Alias> aliases() {
    return standing.aliases();
  }

  Optional<Alias> alias(String name) {
    return aliases().stream().filter(alias -> alias.name().equals(name)).findFirst();
  }

  /// Deletes a version to which no alias points.
  ///
  /// @return what is deleted, if it was there
  synchronized Optional<Model> delete(String name, int version) {
    List<Alias> pointing = aliases().stream().filter(alias -> alias.version() == version).toList();
    if (!pointing.isEmpty()) {
      throw inUse(name, version, pointing);
    }
    Optional<Model> removed = Optional.ofNullable(byNumber.remove(version));
    stand(standing.aliases());
    return removed;
  }

  private static ProblemException inUse(String name, int version, List<Alias> pointing) {
    String aliases =
        pointing.stream().map(alias -> "'" + alias.name() + "'").collect(Collectors.joining(", "));
    return new ProblemException(
        ProblemType.CONFLICT,
        "Version %d of model '%s' is what the %s of it point%s at. Point %s at another version first: PUT /api/v1/models/%s/aliases/%s, or DELETE it there."
            .formatted(
                version,
                name,
                pointing.size() == 1 ? "alias " + aliases : "aliases " + aliases,
                pointing.size() == 1 ? "s" : "",
                pointing.size() == 1 ? "it" : "them",
                name,
                pointing.getFirst().name()));
  }

  synchronized Optional<Alias> set(AliasChange change, @Nullable Alias seen, Instant now) {
    Alias present = alias(change.alias()).orElse(null);
    if (differ(present, seen)) {
      return Optional.empty();
    }
    if (!byNumber.containsKey(change.version())) {
      throw ProblemException.notFound("model", change.model() + " version " + change.version());
    }
    if (present == null && aliases().size() == Alias.LIMIT) {
      throw new ProblemException(
          ProblemType.LIMIT_EXCEEDED,
          "Model '%s' has %d aliases, as many as a model may have. Delete one that is no longer needed."
              .formatted(change.model(), Alias.LIMIT));
    }
    Alias next = Alias.of(present, change, ++revision, now);
    SortedMap<String, Alias> aliases = byName();
    aliases.put(next.name(), next);
    stand(List.copyOf(aliases.values()));
    return Optional.of(next);
  }

  synchronized boolean delete(Alias seen) {
    if (differ(alias(seen.name()).orElse(null), seen)) {
      return false;
    }
    SortedMap<String, Alias> aliases = byName();
    aliases.remove(seen.name());
    stand(List.copyOf(aliases.values()));
    return true;
  }

  private static boolean differ(@Nullable Alias present, @Nullable Alias seen) {
    if (present == null || seen == null) {
      return (present == null) != (seen == null);
    }
    return present.revision() != seen.revision();
  }

  private SortedMap<String, Alias> byName() {
    SortedMap<String, Alias> aliases = new TreeMap<>();
    aliases().forEach(alias -> aliases.put(alias.name(), alias));
    return aliases;
  }
}

package dev.backprop.model;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keeps models: versions under names, and aliases of versions.
///
/// Reads take no lock and see a version wholly or not at all; what a name or an alias means they
/// decide in one moment. An alias always points at a version that is there.
public interface ModelRepository {

  /// What the number of a version looks like.
  Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  /// Adds the next version under a name.
  ///
  /// @param model makes the model for the version number that it gets
  /// @return the model
  Model add(String name, IntFunction<Model> model);

  /// What a name alone means: the version that its alias [Alias#CHAMPION] points at, the newest one
  /// where that is not set.
  Optional<Model> find(String name);

  /// The newest version under a name.
  Optional<Model> newest(String name);

  /// One version under a name.
  Optional<Model> find(String name, int version);

  /// The version that an alias points at.
  Optional<Model> find(String name, String alias);

  /// What a name alone means.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND]
  default Model require(String name) {
    return find(name)
        .orElseThrow(() -> ProblemException.notFound("model", JsonErrors.shorten(name)));
  }

  /// The version that an address names by its number, by an alias, or as [Alias#NEWEST].
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND]
  default Model require(String name, String version) {
    Optional<Model> found =
        NUMBER.matcher(version).matches()
            ? find(name, Integer.parseInt(version))
            : version.equals(Alias.NEWEST) ? newest(name) : find(name, version);
    return found.orElseThrow(
        () ->
            ProblemException.notFound(
                "model", JsonErrors.shorten(name) + " version " + JsonErrors.shorten(version)));
  }

  /// The newest version of each name, the newest model first. A cursor holds when its model is
  /// deleted.
  ///
  /// @throws ProblemException [ProblemType#INVALID_REQUEST] for a cursor that no page gave
  Page<Model> list(PageRequest request);

  /// The versions under a name, newest first. The cursor is a version. Empty where the name is
  /// unknown.
  ///
  /// @throws ProblemException [ProblemType#INVALID_REQUEST] for a cursor that is no version
  Page<Model> versions(String name, PageRequest request);

  /// Removes a version. Its number is not given again.
  ///
  /// @return whether it was there
  /// @throws ProblemException [ProblemType#CONFLICT] while an alias points at it
  boolean delete(String name, int version);

  /// The aliases under a name, in the order of their names.
  List<Alias> aliases(String name);

  /// One alias.
  Optional<Alias> alias(String name, String alias);

  /// Makes or replaces an alias, if it still is what the caller has seen.
  ///
  /// @param seen what it was, null where it was not there
  /// @return what it is now, nothing if it was no longer as seen
  /// @throws ProblemException [ProblemType#NOT_FOUND] if there is no such version,
  ///   [ProblemType#LIMIT_EXCEEDED] beyond [Alias#LIMIT] aliases
  Optional<Alias> setAlias(AliasChange change, @Nullable Alias seen, Instant now);

  /// Removes an alias, if it still is what the caller has seen.
  ///
  /// @return whether it was
  boolean deleteAlias(String name, Alias seen);

  /// The memory of all models.
  long bytes();
}

package dev.backprop.model;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A name that points at one version of a model, such as `champion`. It is replaced as a whole.
///
/// @param name of the alias
/// @param gate what versions have to reach, or null
/// @param revision tells this state from every other one that an alias of the model has had
/// @param history what it points at and pointed at, the present first, at most [#HISTORY]
public record Alias(String name, @Nullable Gate gate, long revision, List<Target> history) {

  /// The version that the name of a model alone means, where this alias is set.
  public static final String CHAMPION = "champion";

  /// The newest version; stands for itself and cannot be set.
  public static final String NEWEST = "newest";

  /// What a name looks like: no number, and safe in a URL.
  public static final String NAME = "[A-Za-z][A-Za-z0-9._-]{0,99}";

  /// So many switches are remembered.
  public static final int HISTORY = 100;

  /// So many aliases a model may have.
  public static final int LIMIT = 100;

  private static final Pattern VALID = Pattern.compile(NAME);

  /// Copies the list.
  public Alias {
    history = List.copyOf(history);
  }

  /// A version that the alias points at.
  ///
  /// @param since when it began to
  public record Target(int version, Instant since) {}

  /// Whether a text can be the name of an alias.
  static boolean isName(String text) {
    return VALID.matcher(text).matches();
  }

  /// The version that it points at.
  public int version() {
    return history.getFirst().version();
  }

  /// Since when it points there.
  public Instant since() {
    return history.getFirst().since();
  }

  /// Another state of it, or its first one. Where the version stays, so does the history.
  ///
  /// @param present null where there is none yet
  /// @param change what is to be
  static Alias of(@Nullable Alias present, AliasChange change, long revision, Instant now) {
    List<Target> past = present == null ? List.of() : present.history();
    boolean stays = present != null && present.version() == change.version();
    List<Target> history =
        stays
            ? past
            : Stream.concat(Stream.of(new Target(change.version(), now)), past.stream())
                .limit(HISTORY)
                .toList();
    return new Alias(change.alias(), change.gate(), revision, history);
  }

  /// A strong tag, which changes whenever the alias does.
  String entityTag() {
    return "\"%s-%d-%d\"".formatted(name, revision, since().toEpochMilli());
  }
}

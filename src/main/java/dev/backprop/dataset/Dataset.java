package dev.backprop.dataset;

import java.lang.ref.SoftReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An immutable table of named columns.
public final class Dataset {

  /// What a name looks like: letters, digits, space, dot, underscore and minus, at most 100.
  public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}");

  private static final Pattern ID = Pattern.compile("ds_[0-9a-hjkmnp-tv-z]{26}");

  private final String id;
  private final String name;
  private final List<Column> columns;
  private final Map<String, Column> byName;
  private final List<IgnoredColumn> ignored;
  private final Instant createdAt;
  private final String sha256;
  private @Nullable SoftReference<List<ColumnProfile>> profile;
  private final @Nullable RejectedRows rejected;

  /// A data set of at least one column and one row.
  ///
  /// @param columns of equal length, with distinct names
  public Dataset(String id, String name, List<Column> columns, Instant createdAt) {
    this(id, name, columns, List.of(), createdAt, null);
  }

  /// A data set of at least one column and one row, out of a source with more columns or rows.
  ///
  /// @param columns of equal length, with distinct names
  /// @param ignored columns that were left out of the source
  /// @param rejected rows that were left out, null if there were none
  public Dataset(
      String id,
      String name,
      List<Column> columns,
      List<IgnoredColumn> ignored,
      Instant createdAt,
      @Nullable RejectedRows rejected) {
    if (columns.isEmpty() || columns.getFirst().rows() == 0) {
      throw new IllegalArgumentException("data set '" + name + "' has no rows or no columns");
    }
    int rows = columns.getFirst().rows();
    for (Column column : columns) {
      if (column.rows() != rows) {
        throw new IllegalArgumentException(
            "column '%s' has %d rows, the first has %d"
                .formatted(column.name(), column.rows(), rows));
      }
    }
    this.id = id;
    this.name = name;
    this.columns = List.copyOf(columns);
    this.byName =
        columns.stream().collect(Collectors.toUnmodifiableMap(Column::name, Function.identity()));
    this.ignored = List.copyOf(ignored);
    this.createdAt = createdAt;
    this.sha256 = ContentHash.of(columns);
    this.rejected = rejected;
  }

  /// Whether a text has the form of an id.
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /// `ds_` and a ULID in lower case: sortable by creation.
  public String id() {
    return id;
  }

  /// What the caller calls it; need not be unique.
  public String name() {
    return name;
  }

  /// How many rows every column has.
  public int rows() {
    return columns.getFirst().rows();
  }

  /// The columns in the order of the source.
  public List<Column> columns() {
    return columns;
  }

  /// The column of a name.
  public Optional<Column> column(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// The columns of the source that were left out, in their order.
  public List<IgnoredColumn> ignored() {
    return ignored;
  }

  /// The column of a name that was left out.
  public Optional<IgnoredColumn> ignored(String name) {
    return ignored.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /// SHA-256 in hexadecimal over column names, types and values: equal content, equal hash.
  public String sha256() {
    return sha256;
  }

  /// The memory that the cells and category texts take.
  public long bytes() {
    long bytes = (long) Float.BYTES * rows() * columns.size();
    for (Column column : columns) {
      if (column instanceof CategoryColumn categories) {
        for (String category : categories.categories()) {
          bytes += (long) Character.BYTES * category.length();
        }
      }
    }
    return bytes;
  }

  /// What each column is like. Made when it is first asked for, because many data sets are only
  /// trained with, and again if memory has been short since.
  public synchronized List<ColumnProfile> profile() {
    List<ColumnProfile> made = profile == null ? null : profile.get();
    if (made == null) {
      made = ColumnProfile.of(columns);
      profile = new SoftReference<>(made);
    }
    return made;
  }

  /// The rows of its file that were left out, if any were.
  public Optional<RejectedRows> rejected() {
    return Optional.ofNullable(rejected);
  }

  /// When it was made.
  public Instant createdAt() {
    return createdAt;
  }
}

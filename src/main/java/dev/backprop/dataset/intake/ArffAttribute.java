package dev.backprop.dataset.intake;

import dev.backprop.dataset.Texts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A column of an ARFF file while it is being read.
///
/// @param values that the header lists, empty if any will do
/// @param zero what a sparse row means that leaves the attribute out, null if it must not
record ArffAttribute(CsvColumn column, Set<String> values, @Nullable String zero) {

  /// Adds a cell.
  ///
  /// @param quoted whether it was written in quotes, so that a `?` is none that is missing
  void add(String text, boolean quoted, long line, FileErrors errors) {
    if (column.isIgnored()) {
      return;
    }
    if (!quoted && text.equals("?")) {
      column.addMissing();
    } else if (column.canBeNumbers()) {
      column.add(text.toCharArray(), 0, text.length(), line);
    } else if (!values.isEmpty() && !values.contains(text)) {
      errors.addToRow(
          line,
          column.name(),
          () ->
              "'%s' is none of the %d values that @attribute lists"
                  .formatted(Texts.shorten(text), values.size()));
    } else {
      column.addPresent(text.toCharArray(), 0, text.length(), line);
    }
  }
}

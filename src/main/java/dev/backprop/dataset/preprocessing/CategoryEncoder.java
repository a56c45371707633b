package dev.backprop.dataset.preprocessing;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.dataset.ClassLabels;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One input a category: 1 for the row's own, 0 for the others. Rare categories and unseen ones
/// share one more input, if there are rare ones; where there are none, an unseen one is all 0.
/// Where training rows lacked a category, a last input is 1 if it is missing and 0 if not.
///
/// @param categories of the training rows, in their natural order
/// @param folded rare categories of the training rows, in their natural order
/// @param imputed stands in for a missing category; null where none may be missing
/// @param indicator whether there is the last input
/// @param rejectsUnseen whether a raw row with an unseen category is refused
public record CategoryEncoder(
    String name,
    List<String> categories,
    List<String> folded,
    @Nullable String imputed,
    boolean indicator,
    boolean rejectsUnseen)
    implements FeatureEncoder {

  /// Copies the lists.
  public CategoryEncoder {
    categories = List.copyOf(categories);
    folded = List.copyOf(folded);
  }

  /// Whether rare and unseen categories have an input.
  public boolean hasOther() {
    return !folded.isEmpty();
  }

  @Override
  public int width() {
    return categories.size() + (hasOther() ? 1 : 0) + (indicator ? 1 : 0);
  }

  @Override
  public List<String> inputs() {
    List<String> inputs = new ArrayList<>();
    categories.forEach(category -> inputs.add(name + "=" + category));
    if (hasOther()) {
      inputs.add(name + ":other");
    }
    if (indicator) {
      inputs.add(name + ":missing");
    }
    return inputs;
  }

  @Override
  public boolean imputes() {
    return imputed != null;
  }

  private static int position(List<String> sorted, String text) {
    return Math.max(Collections.binarySearch(sorted, text), -1);
  }

  /// @param position among the categories, or -1
  /// @param at the first input in `out`, where all are 0
  private void write(int position, float[] out, int at) {
    if (position >= 0) {
      out[at + position] = 1;
    } else if (hasOther()) {
      out[at + categories.size()] = 1;
    }
  }

  private void writeMissing(String substitute, float[] out, int at) {
    write(position(categories, substitute), out, at);
    if (indicator) {
      out[at + width() - 1] = 1;
    }
  }

  @Override
  public void encode(Dataset data, int[] rows, Matrix out, int at) {
    Column column = Columns.require(data, name);
    int[] codes = ClassLabels.codes(column, categories);
    for (int i = 0; i < rows.length; i++) {
      if (imputed != null && column.isMissing(rows[i])) {
        writeMissing(imputed, out.values(), out.offset(i) + at);
      } else {
        write(codes[rows[i]], out.values(), out.offset(i) + at);
      }
    }
  }

  @Override
  public void encode(RawRow row, int feature, float[] out, int at, RowReport report) {
    Arrays.fill(out, at, at + width(), 0);
    if (imputed != null && row.isMissing(feature)) {
      report.flagImputed(name, "'" + Texts.shorten(imputed) + "'");
      writeMissing(imputed, out, at);
      return;
    }
    String text = report.text(row, feature, name);
    if (text == null) {
      return;
    }
    int position = position(categories, text);
    if (position < 0 && position(folded, text) < 0) {
      reportUnseen(text, report);
    }
    write(position, out, at);
  }

  private void reportUnseen(String text, RowReport report) {
    String reason = "'" + Texts.shorten(text) + "' did not occur in training";
    if (rejectsUnseen) {
      report.error(name, reason);
    } else {
      report.flag(name, reason);
    }
  }

  /// A category without an input of its own is lost: it is missing in the decoded row.
  @Override
  public void decode(float[] inputs, int at, DecodedRow row, int feature) {
    if (indicator && inputs[at + width() - 1] != 0) {
      return;
    }
    for (int position = 0; position < categories.size(); position++) {
      if (inputs[at + position] != 0) {
        row.setText(feature, categories.get(position));
      }
    }
  }
}

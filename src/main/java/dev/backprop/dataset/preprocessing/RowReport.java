package dev.backprop.dataset.preprocessing;

import dev.backprop.dataset.ClassLabels;
import dev.backprop.dataset.NumberFormat;
import dev.backprop.dataset.Texts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what one raw row is flagged and refused for while its features are encoded.
public final class RowReport {

  private final List<EncodedRow.Flag> flags;
  private final List<String> errors;
  private final NumberFormat format;

  RowReport() {
    this(new ArrayList<>(0), new ArrayList<>(0), NumberFormat.NUMBER);
  }

  private RowReport(List<EncodedRow.Flag> flags, List<String> errors, NumberFormat format) {
    this.flags = flags;
    this.errors = errors;
    this.format = format;
  }

  /// This report for numbers that are written in a format.
  RowReport in(NumberFormat format) {
    return new RowReport(flags, errors, format);
  }

  void flag(String feature, String reason) {
    flags.add(new EncodedRow.Flag(feature, reason));
  }

  void flagImputed(String feature, String value) {
    flag(feature, "missing, " + value + " stands in");
  }

  void error(String feature, String detail) {
    errors.add(feature + ": " + detail);
  }

  EncodedRow toRow() {
    return flags.isEmpty() && errors.isEmpty() ? EncodedRow.CLEAN : new EncodedRow(flags, errors);
  }

  /// The number of a feature, 0 with an error if there is none, flagged if out of range.
  float number(RawRow row, int feature, String name, float minimum, float maximum) {
    String text = row.text(feature);
    float value = text == null ? row.number(feature) : format.parse(text);
    if (text != null && Float.isNaN(value)) {
      error(name, format.expectation() + ", not the text '" + Texts.shorten(text) + "'");
      return 0;
    }
    if (Float.isNaN(value)) {
      error(name, "the value is missing");
      return 0;
    }
    if (Float.isInfinite(value)) {
      error(name, "the value is beyond a 32-bit float, whose largest number is 3.4e38");
      return 0;
    }
    if (text == null && !format.takes(value)) {
      error(name, format.expectation() + ", not the number " + ClassLabels.text(value));
      return 0;
    }
    if (value < minimum || value > maximum) {
      String side = value < minimum ? "below" : "above";
      // no format string: a wide row can have many
      flag(
          name,
          side
              + " the training range ["
              + format.text(minimum)
              + ", "
              + format.text(maximum)
              + "]");
    }
    return value;
  }

  /// The text of a feature, null with an error if there is none.
  @Nullable String text(RawRow row, int feature, String name) {
    String text = row.text(feature);
    if (text == null) {
      float value = row.number(feature);
      error(
          name,
          Float.isNaN(value)
              ? "the value is missing"
              : "a text is expected, not the number " + ClassLabels.text(value));
    }
    return text;
  }
}

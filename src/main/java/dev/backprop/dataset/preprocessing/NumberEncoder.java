package dev.backprop.dataset.preprocessing;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.dataset.ClassLabels;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.NumberFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One input for a number, scaled; where training rows lacked it, a second one that is 1 if it is
/// missing and 0 if not.
///
/// @param minimum of the training rows
/// @param maximum of the training rows
/// @param imputed stands in for a missing number, before scaling; null where none may be missing
/// @param indicator whether there is the second input
/// @param format what the number stands for
public record NumberEncoder(
    String name,
    Scaler scaler,
    float minimum,
    float maximum,
    @Nullable Double imputed,
    boolean indicator,
    NumberFormat format)
    implements FeatureEncoder {

  /// An encoder of numbers that stand for themselves.
  public NumberEncoder(
      String name,
      Scaler scaler,
      float minimum,
      float maximum,
      @Nullable Double imputed,
      boolean indicator) {
    this(name, scaler, minimum, maximum, imputed, indicator, NumberFormat.NUMBER);
  }

  @Override
  public int width() {
    return indicator ? 2 : 1;
  }

  @Override
  public List<String> inputs() {
    return indicator ? List.of(name, name + ":missing") : List.of(name);
  }

  @Override
  public boolean imputes() {
    return imputed != null;
  }

  private void write(float value, float[] out, int at) {
    boolean missing = Float.isNaN(value);
    out[at] = (float) scaler.apply(missing ? Objects.requireNonNull(imputed, name) : value);
    if (indicator) {
      out[at + 1] = missing ? 1 : 0;
    }
  }

  @Override
  public void encode(Dataset data, int[] rows, Matrix out, int at) {
    NumberColumn column = Columns.requireNumbers(data, name);
    for (int i = 0; i < rows.length; i++) {
      write(column.value(rows[i]), out.values(), out.offset(i) + at);
    }
  }

  @Override
  public void encode(RawRow row, int feature, float[] out, int at, RowReport report) {
    float number = row.number(feature); // NaN where there is none
    if (number >= minimum && number <= maximum && format.takes(number)) {
      write(number, out, at);
    } else if (imputed != null && row.isMissing(feature)) {
      report.flagImputed(name, imputedText(imputed.floatValue()));
      write(Float.NaN, out, at);
    } else {
      write(report.in(format).number(row, feature, name, minimum, maximum), out, at);
    }
  }

  @Override
  public void decode(float[] inputs, int at, DecodedRow row, int feature) {
    if (!indicator || inputs[at + 1] == 0) {
      float value = (float) scaler.invert(inputs[at]);
      if (format == NumberFormat.NUMBER) {
        row.setNumber(feature, value);
      } else {
        row.setText(feature, format.text(value));
      }
    }
  }

  /// Between false and true there is no word.
  private String imputedText(float value) {
    return format == NumberFormat.DATE ? format.text(value) : ClassLabels.text(value);
  }
}

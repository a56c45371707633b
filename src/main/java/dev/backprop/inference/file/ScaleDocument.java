package dev.backprop.inference.file;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.backprop.dataset.preprocessing.Scaler;

/// How a number is scaled. Where it would be divided by 0, it is divided by 1.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ScaleDocument.None.class, name = "none"),
  @JsonSubTypes.Type(value = ScaleDocument.Standardize.class, name = "standardize"),
  @JsonSubTypes.Type(value = ScaleDocument.MinMax.class, name = "minMax"),
  @JsonSubTypes.Type(value = ScaleDocument.Robust.class, name = "robust")
})
sealed interface ScaleDocument {

  /// `x`.
  record None() implements ScaleDocument {}

  /// `(x − mean) / standardDeviation`.
  record Standardize(double mean, double standardDeviation) implements ScaleDocument {}

  /// `(x − minimum) / (maximum − minimum)`.
  record MinMax(double minimum, double maximum) implements ScaleDocument {}

  /// `(x − median) / interquartileRange`.
  record Robust(double median, double interquartileRange) implements ScaleDocument {}

  static ScaleDocument of(Scaler scaler) {
    return switch (scaler) {
      case Scaler.None _ -> new None();
      case Scaler.Standardize s -> new Standardize(s.mean(), s.standardDeviation());
      case Scaler.MinMax m -> new MinMax(m.minimum(), m.maximum());
      case Scaler.Robust r -> new Robust(r.median(), r.interquartileRange());
    };
  }

  default Scaler toScaler() {
    return switch (this) {
      case None _ -> new Scaler.None();
      case Standardize s -> new Scaler.Standardize(s.mean(), s.standardDeviation());
      case MinMax m -> new Scaler.MinMax(m.minimum(), m.maximum());
      case Robust r -> new Scaler.Robust(r.median(), r.interquartileRange());
    };
  }
}

package dev.backprop.inference;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;

/// A part of the numbers, its ends included; in JSON an array of both.
///
/// @param low the least, finite
/// @param high the largest, finite
public record Interval(float low, float high) {

  /// As far to both sides, but not beyond the finite numbers.
  static Interval around(float middle, float halfWidth) {
    return new Interval(
        Math.max(-Float.MAX_VALUE, middle - halfWidth),
        Math.min(Float.MAX_VALUE, middle + halfWidth));
  }

  @JsonValue
  @ArraySchema(minItems = 2, maxItems = 2, schema = @Schema(type = "number", format = "float"))
  float[] ends() {
    return new float[] {low, high};
  }
}

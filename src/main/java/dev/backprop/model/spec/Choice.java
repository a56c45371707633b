package dev.backprop.model.spec;

import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/// One of several things of a kind as JSON has it: a name, or an object with the name as its `type`
/// and, where there is one, a number beside it.
///
/// @param name in JSON
/// @param value the thing itself
/// @param number what can be set about it, if anything
/// @param <T> the kind
record Choice<T>(String name, T value, @Nullable Setting<T> number) {

  /// A number of a choice.
  ///
  /// @param name in JSON
  /// @param value the number
  /// @param defaultValue the number where none is given
  /// @param with the choice with another number; refuses one out of range
  record Setting<T>(String name, double value, double defaultValue, DoubleFunction<T> with) {}

  /// A choice about which nothing can be set.
  static <T> Choice<T> of(String name, T value) {
    return new Choice<>(name, value, null);
  }

  /// A choice with a number.
  static <T> Choice<T> of(
      String name,
      T value,
      String setting,
      double number,
      double defaultNumber,
      DoubleFunction<T> with) {
    return new Choice<>(name, value, new Setting<>(setting, number, defaultNumber, with));
  }

  /// Whether its name alone says all.
  boolean isDefault() {
    return number == null || number.value() == number.defaultValue();
  }

  /// The fields of its object.
  List<String> fields() {
    return number == null ? List.of("type") : List.of("type", number.name());
  }
}

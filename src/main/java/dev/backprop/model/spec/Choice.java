package dev.backprop.model.spec;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/// One of several things of a kind as JSON has it: a name, or an object with the name as its `type`
/// and, where there are any, numbers beside it.
///
/// @param name in JSON
/// @param value the thing itself
/// @param numbers what can be set about it
/// @param <T> the kind
record Choice<T>(String name, T value, List<Setting<T>> numbers) {

  /// A number of a choice.
  ///
  /// @param name in JSON
  /// @param value the number
  /// @param defaultValue the number where none is given
  /// @param with the choice with another number; refuses one out of range
  record Setting<T>(String name, double value, double defaultValue, DoubleFunction<T> with) {}

  /// A choice about which nothing can be set.
  static <T> Choice<T> of(String name, T value) {
    return new Choice<>(name, value, List.of());
  }

  /// A choice with one number.
  static <T> Choice<T> of(
      String name,
      T value,
      String setting,
      double number,
      double defaultNumber,
      DoubleFunction<T> with) {
    return new Choice<>(name, value, List.of(new Setting<>(setting, number, defaultNumber, with)));
  }

  /// Whether its name alone says all.
  boolean isDefault() {
    return numbers.stream().allMatch(number -> number.value() == number.defaultValue());
  }

  /// In a message: `elu of alpha 0.5`.
  String describe() {
    return numbers.stream()
        .map(number -> number.name() + " " + number.value())
        .reduce((one, other) -> one + " and " + other)
        .map(all -> name + " of " + all)
        .orElse(name);
  }

  /// The fields of its object.
  List<String> fields() {
    return Stream.concat(Stream.of("type"), numbers.stream().map(Setting::name)).toList();
  }

  /// The number of that name, if it has it.
  Optional<Setting<T>> number(String field) {
    return numbers.stream().filter(number -> number.name().equals(field)).findFirst();
  }
}

package dev.backprop.inference.scorer;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What stands at one place of a template.
@FunctionalInterface
interface Section {

  /// Writes it.
  void writeTo(Writer out) throws IOException;

  /// A text that is ready.
  static Section of(Object text) {
    return out -> out.write(text.toString());
  }

  /// A line for each of several things.
  static <T> Section lines(List<T> all, Function<T, String> line) {
    return of(all.stream().map(line).collect(Collectors.joining("\n")));
  }
}

package dev.backprop.inference.scorer;

import dev.backprop.core.nn.Parameters;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Literals that several languages share.
final class Literals {

  /// Bytes of a line where there are few lines; a multiple of 3, so that only the last line is
  /// padded, and of 4.
  private static final int SHORT_LINE = 72;

  /// Bytes of a line of a large model. Java takes 65,535 characters.
  private static final int LONG_LINE = 45_000;

  private static final int MANY = 500;

  private Literals() {}

  /// A string between double quotes. Letters, digits and harmless signs of ASCII stand for
  /// themselves.
  ///
  /// @param escape any other code unit
  static String quote(String text, IntFunction<String> escape) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            unit ->
                quoted.append(isPlain(unit) ? String.valueOf((char) unit) : escape.apply(unit)));
    return quoted.append('"').toString();
  }

  /// Whether a character means nothing but itself within the strings of all languages, and of HTML.
  static boolean isPlain(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || " _-.,:;=()+".indexOf(character) >= 0;
  }

  /// `\u00e9`, as Java, JavaScript and Python have it.
  static String unicode(int unit) {
    return "\\u%04x".formatted(unit);
  }

  /// Things between commas.
  static <T> String list(List<T> all, Function<T, String> literal) {
    return all.stream().map(literal).collect(Collectors.joining(", "));
  }

  /// The bytes of the parameters in Base64, in quotes, a line each.
  ///
  /// @param indent before each line
  /// @param end after each line
  static Section base64(Parameters parameters, String indent, String end) {
    return out -> {
      long count = parameters.count();
      int line = count * Float.BYTES > SHORT_LINE * MANY ? LONG_LINE : SHORT_LINE;
      byte[] bytes = new byte[line];
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int from = 0; from < count; from += line / Float.BYTES) {
        buffer.clear();
        for (int i = from; i < Math.min(count, from + line / Float.BYTES); i++) {
          buffer.putFloat(number(parameters, i));
        }
        byte[] filled = Arrays.copyOf(bytes, buffer.position());
        writeLine(
            out, from > 0, indent + '"' + Base64.getEncoder().encodeToString(filled) + '"' + end);
      }
    };
  }

  private static void writeLine(Writer out, boolean further, String line) throws IOException {
    out.write(further ? "\n" + line : line);
  }

  /// One of θ and the running statistics.
  static float number(Parameters parameters, int position) {
    int learned = parameters.values().length;
    return position < learned
        ? parameters.values()[position]
        : parameters.statistics()[position - learned];
  }
}

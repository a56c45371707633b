package dev.backprop.dataset.intake;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;

/// CSV as the whole server reads it: RFC 4180 in UTF-8, the delimiter found in the first line.
public final class CsvText {

  private static final int MAX_FIELD = 1 << 18;

  private CsvText() {}

  /// The records of a stream, for a handler that takes them field by field. Waits for the first
  /// line.
  ///
  /// @throws IOException if the stream fails; [UnreadableTextException] if it is not UTF-8
  public static <T> CsvReader<T> records(InputStream in, CsvCallbackHandler<T> handler)
      throws IOException {
    TextReader text = new TextReader(in);
    char quote = CsvOptions.DEFAULT_QUOTE;
    return records(text, Delimiters.of(text.peekFirstLine(), quote), quote, handler);
  }

  static <T> CsvReader<T> records(
      TextReader text, char delimiter, char quote, CsvCallbackHandler<T> handler) {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .quoteCharacter(quote)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .maxBufferSize(MAX_FIELD)
        .build(handler, text);
  }

  /// Why the record that has begun cannot be read.
  public static String unreadable(CsvParseException exception) {
    return switch (Fault.of(exception)) {
      case LONG_FIELD ->
          "a field has more than %d characters; is a quote left open?".formatted(MAX_FIELD);
      case OPEN_QUOTE -> "a quoted field of the record that begins here is not closed";
      case TEXT_AFTER_QUOTE ->
          "in the record that begins here text follows the closing quote of a field";
    };
  }

  /// What the library finds wrong.
  enum Fault {
    LONG_FIELD,
    OPEN_QUOTE,
    TEXT_AFTER_QUOTE;

    static Fault of(CsvParseException exception) {
      String message = String.valueOf(exception.getMessage());
      if (message.contains("buffer")) {
        return LONG_FIELD;
      }
      return message.contains("Unclosed") ? OPEN_QUOTE : TEXT_AFTER_QUOTE;
    }
  }
}

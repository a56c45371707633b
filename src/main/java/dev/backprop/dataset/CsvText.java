package dev.backprop.dataset;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;

/// CSV as the whole server reads it: RFC 4180 in UTF-8, the delimiter found in the first line.
public final class CsvText {

  private CsvText() {}

  /// The records of a stream, for a handler that takes them field by field. Waits for the first
  /// line.
  ///
  /// @throws IOException if the stream fails; [UnreadableTextException] if it is not UTF-8
  public static <T> CsvReader<T> records(InputStream in, CsvCallbackHandler<T> handler)
      throws IOException {
    Utf8Reader text = new Utf8Reader(in);
    return records(text, CsvDatasetReader.delimiterOf(text.peekFirstLine()), handler);
  }

  static <T> CsvReader<T> records(Utf8Reader text, char delimiter, CsvCallbackHandler<T> handler) {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .maxBufferSize(CsvDatasetReader.MAX_FIELD)
        .build(handler, text);
  }

  /// Why the record that has begun cannot be read.
  public static String unreadable(CsvParseException exception) {
    return CsvDatasetReader.unreadable(exception);
  }
}

package dev.backprop.dataset.web;

import dev.backprop.dataset.intake.FileParameters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// A file that people really have, and its exact answer.
///
/// @param name what is odd about it
/// @param type the Content-Type
/// @param packing the Content-Encoding
/// @param parameters of the query, such as `decimal=comma&header=true`
/// @param body made anew for each reading
/// @param status of the answer
/// @param answer the columns and the rejected rows, or the errors
public record NastyFile(
    String name,
    String type,
    String packing,
    String parameters,
    Supplier<InputStream> body,
    int status,
    List<String> answer) {

  static NastyFile csv(String name, String text) {
    return csv(name, text, StandardCharsets.UTF_8);
  }

  static NastyFile csv(String name, String text, Charset charset) {
    return csv(name, text.getBytes(charset));
  }

  static NastyFile csv(String name, byte[] bytes) {
    return stream(name, () -> new ByteArrayInputStream(bytes));
  }

  static NastyFile stream(String name, Supplier<InputStream> body) {
    return new NastyFile(name, "text/csv", "identity", "", body, 0, List.of());
  }

  static NastyFile arff(String name, String text) {
    return csv(name, text).type("text/x-arff");
  }

  NastyFile type(String newType) {
    return new NastyFile(name, newType, packing, parameters, body, status, answer);
  }

  /// Says that the file is packed.
  NastyFile packedBy(String newPacking) {
    return new NastyFile(name, type, newPacking, parameters, body, status, answer);
  }

  NastyFile with(String newParameters) {
    return new NastyFile(name, type, packing, newParameters, body, status, answer);
  }

  /// The columns, then the rows left out.
  NastyFile gives(String... newAnswer) {
    return refused(201, newAnswer);
  }

  /// The errors as `line column: detail`, or the detail where there are no places.
  NastyFile refused(int newStatus, String... newAnswer) {
    return new NastyFile(name, type, packing, parameters, body, newStatus, List.of(newAnswer));
  }

  FileParameters fileParameters() {
    Map<String, String> values =
        parameters.isEmpty()
            ? Map.of()
            : Arrays.stream(parameters.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    return new FileParameters(
        values.get("name"),
        values.get("types"),
        values.get("delimiter"),
        values.get("quote"),
        values.get("decimal"),
        values.get("header"),
        values.get("encoding"),
        values.get("onBadRows"));
  }

  /// Packs a text by gzip.
  public static byte[] gzip(String text) {
    return gzip(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// Packs what a stream has by gzip.
  public static byte[] gzip(InputStream content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      content.transferTo(packed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public String toString() {
    return name;
  }
}

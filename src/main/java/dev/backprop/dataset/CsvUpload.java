package dev.backprop.dataset;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.multipart.MultipartFile;

/// What can be refused of an upload before a byte of it is read.
final class CsvUpload {

  private CsvUpload() {}

  static void check(HttpHeaders headers, long limit) {
    if (headers.getContentLength() > limit) {
      throw LimitedInputStream.tooLarge(limit);
    }
    String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported(
          "The Content-Encoding '%s' is not supported; send the file as it is."
              .formatted(Texts.shorten(encoding)));
    }
    checkCharset(headers.getContentType());
  }

  static void check(MultipartFile file, long limit) {
    if (file.getSize() > limit) {
      throw LimitedInputStream.tooLarge(limit);
    }
    String type = file.getContentType();
    if (type != null && type.startsWith(MediaType.APPLICATION_JSON_VALUE)) {
      throw unsupported(
          "The file of a form is read as CSV; send JSON as the body with the Content-Type application/json.");
    }
  }

  private static void checkCharset(@Nullable MediaType type) {
    Charset charset = type == null ? null : type.getCharset();
    if (charset != null
        && !charset.equals(StandardCharsets.UTF_8)
        && !charset.equals(StandardCharsets.US_ASCII)) {
      throw unsupported(
          "The charset '%s' is not supported; send the file as UTF-8.".formatted(charset));
    }
  }

  /// What a file is called without its extension, null if that is no name for a data set.
  static @Nullable String nameOf(MultipartFile file) {
    String original = file.getOriginalFilename();
    if (original == null) {
      return null;
    }
    int dot = original.lastIndexOf('.');
    String stem = dot > 0 ? original.substring(0, dot) : original;
    return Dataset.NAME.matcher(stem).matches() ? stem : null;
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
  }
}

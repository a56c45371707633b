package dev.backprop.inference;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/// The forms in which rows come and predictions go.
enum PredictFormat {
  JSON(MediaType.APPLICATION_JSON_VALUE),
  NDJSON(MediaType.APPLICATION_NDJSON_VALUE),
  CSV("text/csv;charset=UTF-8");

  static final String CSV_VALUE = "text/csv";

  private final String type;

  @SuppressWarnings("ImmutableEnumChecker") // a media type never changes
  private final MediaType mediaType;

  PredictFormat(String type) {
    this.type = type;
    mediaType = MediaType.valueOf(type);
  }

  /// What the Content-Type of an answer says.
  String contentType() {
    return type;
  }

  /// The form of a body that is read as it comes.
  ///
  /// @throws ProblemException for bytes that are not UTF-8 text as it is
  static PredictFormat ofStream(HttpServletRequest request) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported("The Content-Encoding of rows is not supported; send them as they are.");
    }
    String type = request.getContentType();
    MediaType given = type == null ? null : MediaType.parseMediaType(type);
    Charset charset = given == null ? null : given.getCharset();
    if (charset != null
        && !charset.equals(StandardCharsets.UTF_8)
        && !charset.equals(StandardCharsets.US_ASCII)) {
      throw unsupported(
          "The charset '%s' is not supported; send the rows as UTF-8.".formatted(charset));
    }
    return CSV.mediaType.equalsTypeAndSubtype(given) ? CSV : NDJSON;
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
  }

  /// The form of the answer: what Accept asks for first, and where it leaves the choice, the form
  /// of the request.
  static PredictFormat ofAnswer(HttpServletRequest request, PredictFormat given) {
    List<String> headers = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
    List<MediaType> accepted =
        MediaType.parseMediaTypes(headers).stream()
            .filter(range -> range.getQualityValue() > 0)
            .sorted(Comparator.comparingDouble(range -> -range.getQualityValue()))
            .toList();
    for (MediaType range : accepted) {
      if (range.includes(given.mediaType)) {
        return given;
      }
      for (PredictFormat format : values()) {
        if (range.includes(format.mediaType)) {
          return format;
        }
      }
    }
    return given; // of an Accept without any of them nothing comes here
  }
}

package dev.backprop.dataset.intake;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.Texts;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.multipart.MultipartFile;

/// What is known of a file before a byte of it is read.
///
/// @param packed whether it is packed by gzip
/// @param charset of its content type, null if it has none
/// @param name the file's without its extensions, null if that is no name for a data set
public record Upload(
    FileFormat format, boolean packed, @Nullable Encoding charset, @Nullable String name) {

  private static final Set<String> GZIP_TYPES =
      Set.of("application/gzip", "application/x-gzip", "application/x-gunzip");

  /// Types that callers send for any file, or Windows for CSV.
  private static final Set<String> TYPES_OF_ANYTHING =
      Set.of("application/octet-stream", "text/plain", "application/vnd.ms-excel");

  /// A file that is the body of a request.
  ///
  /// @throws ProblemException if it is too large, or of a type, charset or encoding that is not
  ///   read
  public static Upload ofBody(HttpHeaders headers, long limit) {
    if (headers.getContentLength() > limit) {
      throw LimitedInputStream.tooLarge(limit);
    }
    MediaType type = headers.getContentType();
    FileFormat format = FileFormat.ofMediaType(type).orElseThrow(() -> unknown(type));
    return new Upload(format, isPacked(headers), charset(type), null);
  }

  private static boolean isPacked(HttpHeaders headers) {
    String header = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
    String encoding = header == null ? "identity" : header;
    if (encoding.equalsIgnoreCase("identity")) {
      return false;
    }
    if (isGzip(encoding)) {
      return true;
    }
    throw unsupported(
        "The Content-Encoding '%s' is not supported; send the file as it is, or packed by gzip."
            .formatted(Texts.shorten(encoding)));
  }

  /// Whether a Content-Encoding is that of gzip.
  public static boolean isGzip(String encoding) {
    return encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip");
  }

  /// What is packed in a body, within the limits of uploads, packed and unpacked.
  public static InputStream unpack(InputStream packed, DatasetProperties limits) {
    return new GzipInput(new LimitedInputStream(packed, limits.maxUpload().toBytes()), limits);
  }

  /// A file of a form: its format is that of its content type or, where that says nothing, of its
  /// name, and CSV where that says nothing either.
  ///
  /// @throws ProblemException if it is too large, or of a type or charset that is not read
  public static Upload ofForm(MultipartFile file, long limit) {
    if (file.getSize() > limit) {
      throw LimitedInputStream.tooLarge(limit);
    }
    String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
    MediaType type = mediaType(file.getContentType());
    boolean gzipType = type != null && GZIP_TYPES.contains(withoutParameters(type));
    boolean gzipName = extension(name).equals("gz");
    String unpackedName = gzipName ? stem(name) : name;
    String extension = extension(unpackedName);
    FileFormat format =
        FileFormat.ofMediaType(type)
            .or(() -> FileFormat.ofExtension(extension))
            .orElse(FileFormat.CSV);
    boolean says =
        type != null && !gzipType && !TYPES_OF_ANYTHING.contains(withoutParameters(type));
    if ((says && FileFormat.ofMediaType(type).isEmpty()) || extension.equals("json")) {
      throw unknown(type);
    }
    String stem = stem(unpackedName);
    return new Upload(
        format,
        gzipType || gzipName,
        charset(type),
        Dataset.NAME.matcher(stem).matches() ? stem : null);
  }

  /// The file unpacked, while the one that is sent is held to the limit of uploads.
  public InputStream open(InputStream in, DatasetProperties limits) {
    return packed ? unpack(in, limits) : in;
  }

  private static @Nullable MediaType mediaType(@Nullable String type) {
    try {
      return type == null ? null : MediaType.parseMediaType(type);
    } catch (InvalidMediaTypeException e) {
      throw unsupported(
          "The Content-Type '%s' of the file cannot be read: %s."
              .formatted(Texts.shorten(type), e.getMessage()));
    }
  }

  private static @Nullable Encoding charset(@Nullable MediaType type) {
    Charset charset = type == null ? null : type.getCharset();
    return charset == null
        ? null
        : Encoding.of(charset)
            .orElseThrow(
                () ->
                    unsupported(
                        "The charset '%s' is not supported; it is one of %s."
                            .formatted(charset, String.join(", ", Encoding.byWord().keySet()))));
  }

  private static String withoutParameters(MediaType type) {
    return type.getType() + "/" + type.getSubtype();
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static ProblemException unknown(@Nullable MediaType type) {
    return unsupported(
        "The file is%s no CSV, ARFF, newline-delimited JSON or Parquet; name its type as text/csv, text/x-arff, application/x-ndjson or application/vnd.apache.parquet, and send other JSON as the body with the Content-Type application/json."
            .formatted(type == null ? "" : ", as " + Texts.shorten(type.toString()) + ","));
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
  }
}

package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The files in `http/` leave no operation out.
@EndToEnd
class HttpFilesTests {

  private static final Pattern REQUEST =
      Pattern.compile("^(GET|POST|PUT|PATCH|DELETE) \\{\\{baseUrl}}([^?\\s]*)", Pattern.MULTILINE);

  private final Api api;

  HttpFilesTests(Api api) {
    this.api = api;
  }

  @Test
  void haveEveryOperationOfTheOpenApiDocument() throws IOException {
    List<String> requests = requests();
    JsonNode paths = api.get("/v3/api-docs").expect(200).json().get("paths");
    assertThat(paths.size()).isGreaterThan(10);
    for (String path : paths.propertyNames()) {
      String anyValue = Pattern.quote(path).replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q");
      for (String method : paths.get(path).propertyNames()) {
        Pattern operation = Pattern.compile(method.toUpperCase(Locale.ROOT) + " " + anyValue);
        assertThat(requests)
            .as("%s %s in http/*.http", method, path)
            .anyMatch(request -> operation.matcher(request).matches());
      }
    }
  }

  private static List<String> requests() throws IOException {
    List<String> requests = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("http"), "*.http")) {
      for (Path file : files) {
        Matcher request = REQUEST.matcher(Files.readString(file));
        while (request.find()) {
          requests.add(request.group(1) + " " + request.group(2));
        }
      }
    }
    return requests;
  }
}

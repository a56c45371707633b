package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The README's table of settings is that of the code.
class ReadmeSettingsTests {

  private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

  /// A row: the property, its default (in code, or in words where the code has none), its meaning.
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `(backprop\\.[a-z.-]+)` \\| (`[^`]+`|[^|`]+) \\| .+ \\|$", Pattern.MULTILINE);

  private static final String IN_WORDS = "in words";

  @Test
  void listsEveryPropertyWithItsDefault() throws IOException {
    Map<String, String> table = new TreeMap<>();
    for (Matcher row = ROW.matcher(Files.readString(Path.of("README.md"))); row.find(); ) {
      String value = row.group(2);
      table.put(row.group(1), value.startsWith("`") ? plain(value) : IN_WORDS);
    }
    assertThat(table).isEqualTo(properties());
  }

  private static Map<String, String> properties() throws IOException {
    Map<String, String> properties = new TreeMap<>();
    try (InputStream file = ReadmeSettingsTests.class.getResourceAsStream(METADATA)) {
      JsonNode metadata = JsonMapper.shared().readTree(Objects.requireNonNull(file));
      for (JsonNode property : metadata.get("properties")) {
        if (property.get("name").asString().startsWith("backprop.")) {
          properties.put(property.get("name").asString(), defaultOf(property));
        }
      }
    }
    return properties;
  }

  private static String defaultOf(JsonNode property) {
    JsonNode value = property.path("defaultValue");
    if (value.isMissingNode() || (value.isArray() && value.isEmpty())) {
      return IN_WORDS;
    }
    return value.isArray()
        ? String.join(", ", value.valueStream().map(JsonNode::asString).toList())
        : plain(value.asString());
  }

  /// A number as a number, whichever way it is written.
  private static String plain(String text) {
    String bare = text.replace("`", "");
    return bare.matches("[0-9.]+(e[0-9]+)?")
        ? Double.toString(Double.parseDouble(bare))
        : bare.replaceAll("^\\[(.*, .*)]$", "$1");
  }
}

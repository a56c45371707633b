package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the README says is what happens: its commands run, in their order and in one shell, and
/// print what it shows.
@EndToEnd
class ReadmeTests {

  private static final String SERVER = "localhost:8080";
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  /// Between the outputs of two commands.
  private static final String MARK = "=== the next command ===";

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(E-?\\d+)?");

  private final Api api;

  ReadmeTests(Api api) {
    this.api = api;
  }

  private record Block(String language, String text) {

    /// Whether it speaks to the server.
    boolean isCommand() {
      return (language.equals("sh") || language.equals("java")) && text.contains(SERVER);
    }

    /// JSON may be broken into lines for the reader.
    String normalize(String output) {
      return language.equals("json") ? output.replaceAll("\\s", "") : output.strip();
    }
  }

  @Test
  void commandsPrintWhatTheReadmeShows(@TempDir Path directory) throws Exception {
    assumeTrue(
        "true".equals(System.getenv("CI")) || (has("curl") && has("python3")),
        "curl or Python is missing, and this is not CI");
    List<Block> blocks = blocks(Files.readString(Path.of("README.md")));
    List<Block> expected = new ArrayList<>();
    StringBuilder script = new StringBuilder("set -e -o pipefail\n");
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).isCommand()) {
        script.append(command(blocks.get(i), directory)).append("\necho; echo '" + MARK + "'\n");
        expected.add(blocks.get(i + 1));
      }
    }
    assertThat(expected).hasSizeGreaterThanOrEqualTo(8);

    String[] printed = run(script.toString(), directory).split(MARK, -1);
    for (int i = 0; i < expected.size(); i++) {
      assertShows(expected.get(i), printed[i]);
    }
  }

  private static List<Block> blocks(String readme) {
    List<Block> blocks = new ArrayList<>();
    for (Matcher block = BLOCK.matcher(readme); block.find(); ) {
      blocks.add(new Block(block.group(1), block.group(2)));
    }
    return blocks;
  }

  private String command(Block block, Path directory) throws IOException {
    String text = block.text().replace(SERVER, api.uri("").getAuthority());
    if (block.language().equals("sh")) {
      return text;
    }
    Path program = Files.writeString(directory.resolve("Predict.java"), text);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return "'%s' '%s'".formatted(java, program);
  }

  private static boolean has(String program) throws Exception {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private static String run(String script, Path directory) throws Exception {
    Path output = directory.resolve("output");
    Process shell =
        new ProcessBuilder("bash", "-c", script)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(shell.waitFor(60, TimeUnit.SECONDS)).as("the commands end").isTrue();
    } finally {
      shell.destroyForcibly();
    }
    String printed = Files.readString(output);
    assertThat(shell.exitValue()).as(printed).isZero();
    return printed;
  }

  /// Compares; `…` stands for anything, and numbers may differ a little.
  private static void assertShows(Block shown, String printed) {
    String pattern = shown.normalize(shown.text());
    StringBuilder regex = new StringBuilder();
    List<String> numbers = new ArrayList<>();
    int end = 0;
    for (Matcher token = Pattern.compile("…,?…?|" + NUMBER).matcher(pattern); token.find(); ) {
      regex.append(Pattern.quote(pattern.substring(end, token.start())));
      if (token.group().startsWith("…")) {
        regex.append("(?:.*?)");
      } else {
        regex.append("(" + NUMBER.pattern().replace("(", "(?:") + ")");
        numbers.add(token.group());
      }
      end = token.end();
    }
    regex.append(Pattern.quote(pattern.substring(end)));
    Matcher matcher =
        Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(shown.normalize(printed));
    assertThat(matcher.matches()).as("%s\nis shown as\n%s", printed, shown.text()).isTrue();
    for (int i = 0; i < numbers.size(); i++) {
      double number = Double.parseDouble(numbers.get(i));
      assertThat(Double.parseDouble(matcher.group(i + 1)))
          .as("%s in %s", numbers.get(i), shown.text())
          .isCloseTo(number, within(0.05 * Math.abs(number)));
    }
  }
}

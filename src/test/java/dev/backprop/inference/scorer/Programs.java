package dev.backprop.inference.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs programs that read lines and write lines.
public final class Programs {

  private Programs() {}

  /// What a program writes, which has to end well within a minute.
  ///
  /// @param directory for two files, `in` and `out`
  public static List<String> run(Path directory, List<String> input, String... command)
      throws IOException, InterruptedException {
    Path in = Files.writeString(directory.resolve("in"), String.join("\n", input));
    Path out = directory.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    return Files.readAllLines(out);
  }
}

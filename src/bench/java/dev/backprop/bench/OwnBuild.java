package dev.backprop.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The Maven build of a part of the benchmarks whose libraries do not go with the project's.
///
/// @param name of its folder in src/bench and of its output in target
public record OwnBuild(String name) {

  /// Compiles the part and gives its class path.
  public String classPath() throws IOException, InterruptedException {
    String pom = Path.of("src", "bench", name, "pom.xml").toString();
    ProcessBuilder builder =
        new ProcessBuilder("./mvnw", "-q", "-B", "-f", pom, "compile").redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(pom + " says " + output);
    }
    Path target = Path.of("target", name);
    return target.resolve("classes")
        + File.pathSeparator
        + Files.readString(target.resolve("classpath"));
  }
}

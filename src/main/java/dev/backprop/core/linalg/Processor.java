package dev.backprop.core.linalg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What has to be known of the processor beyond the kernels that the library chooses for it.
final class Processor {

  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

  /// Zen 5.
  private static final int WIDE_FAMILY = 26;

  private Processor() {}

  /// Whether it is of AMD with arithmetic as wide as its AVX-512 vectors, from Zen 5 on: it
  /// outpaces products that read large matrices where they lie.
  static boolean isWideAmd() {
    try {
      return Files.isReadable(DESCRIPTION) && isWideAmd(Files.readAllLines(DESCRIPTION));
    } catch (IOException _) {
      return false;
    }
  }

  /// The same of a processor as Linux describes it.
  static boolean isWideAmd(List<String> description) {
    return value(description, "vendor_id").filter("AuthenticAMD"::equals).isPresent()
        && value(description, "cpu family")
            .filter(family -> family.matches("\\d{1,4}"))
            .filter(family -> Integer.parseInt(family) >= WIDE_FAMILY)
            .isPresent();
  }

  private static Optional<String> value(List<String> description, String name) {
    return description.stream()
        .filter(line -> line.startsWith(name) && line.contains(":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }
}

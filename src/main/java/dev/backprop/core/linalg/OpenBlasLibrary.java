package dev.backprop.core.linalg;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Finds the native library for this platform inside the OpenBLAS jars and loads it.
@SuppressWarnings("restricted") // the native library is the point
final class OpenBlasLibrary {

  private OpenBlasLibrary() {}

  /// Unpacks the library and what it needs into a new temporary folder and loads it from there.
  ///
  /// @throws UnsupportedOperationException if there is none for this platform
  static SymbolLookup load(Arena arena) {
    Platform platform = Platform.current();
    try {
      Path folder = Files.createTempDirectory("backprop-openblas");
      try {
        SymbolLookup last = SymbolLookup.loaderLookup();
        for (String file : platform.files()) {
          last = SymbolLookup.libraryLookup(unpack(platform, file, folder), arena);
        }
        return last;
      } finally {
        delete(folder, platform.files());
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UnsupportedOperationException(
          "OpenBLAS does not load on " + platform.folder() + ": " + e.getMessage(), e);
    }
  }

  private static Path unpack(Platform platform, String file, Path folder) throws IOException {
    String resource = "/org/bytedeco/openblas/" + platform.folder() + "/" + file;
    try (InputStream in = OpenBlasLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new UnsupportedOperationException(
            "there is no OpenBLAS for " + platform.folder() + " on the class path");
      }
      Path target = folder.resolve(file);
      Files.copy(in, target);
      return target;
    }
  }

  /// A loaded library needs its file no longer, except on Windows, where it goes when the JVM ends.
  private static void delete(Path folder, List<String> files) {
    folder.toFile().deleteOnExit();
    for (String file : files) {
      Path path = folder.resolve(file);
      if (path.toFile().exists() && !path.toFile().delete()) {
        path.toFile().deleteOnExit();
      }
    }
    if (!folder.toFile().delete()) {
      folder.toFile().deleteOnExit();
    }
  }

  /// @param folder the name of the platform in the jar
  /// @param files the library's file, after those it needs
  private record Platform(String folder, List<String> files) {

    static Platform current() {
      String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      boolean arm = System.getProperty("os.arch").equals("aarch64");
      String architecture = arm ? "arm64" : "x86_64";
      if (os.startsWith("windows")) {
        return new Platform("windows-" + architecture, List.of("libopenblas.dll"));
      }
      if (os.startsWith("mac")) {
        return new Platform(
            "macosx-" + architecture,
            List.of(
                "libgcc_s.1.1.dylib",
                "libquadmath.0.dylib",
                "libgfortran.5.dylib",
                "libopenblas.0.dylib"));
      }
      return new Platform(
          "linux-" + architecture,
          arm
              ? List.of("libgcc_s.so.1", "libgfortran.so.5", "libopenblas.so.0")
              : List.of(
                  "libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0"));
    }
  }
}

package dev.backprop.bench.peers;

import dev.backprop.bench.OwnBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How each contestant is started.
final class Contestants {

  /// The name of this project's trainer.
  static final String OURS = "backprop";

  private static final String DL4J = "dl4j";
  private static final List<String> FRAMEWORKS = List.of("numpy", "torch", "sklearn");
  private static final List<String> PEERS = List.of("Djl", "Encog", "Smile");

  private Contestants() {}

  /// The command of each contestant without the last two arguments, directory and threads.
  ///
  /// @param named contestants; where none is named, all that there are
  static Map<String, List<String>> commands(List<String> named)
      throws IOException, InterruptedException {
    String classPath = System.getProperty("java.class.path");
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put(OURS, java(classPath, Ours.class.getSimpleName()));
    for (String framework : FRAMEWORKS) {
      commands.put(
          framework, List.of("/usr/bin/python3", "src/bench/python/peer_train.py", framework));
    }
    boolean peers = PEERS.stream().allMatch(Contestants::isPresent);
    if (peers) {
      PEERS.forEach(peer -> commands.put(peer.toLowerCase(Locale.ROOT), java(classPath, peer)));
    }
    if (!named.isEmpty()) {
      commands.keySet().retainAll(named);
    }
    if (named.isEmpty() ? peers : named.contains(DL4J)) {
      commands.put(DL4J, dl4j());
    }
    return commands;
  }

  /// With the fastest of its libraries, which it does not find by itself: the one for AVX-512 has
  /// to be named, and its OpenBLAS takes processors younger than itself for ones without AVX.
  private static List<String> dl4j() throws IOException, InterruptedException {
    String classPath = new OwnBuild(DL4J).classPath();
    if (!Files.readString(Path.of("/proc/cpuinfo")).contains(" avx512f ")) {
      return java(classPath, "Dl4j");
    }
    List<String> command = new ArrayList<>(List.of("env", "OPENBLAS_CORETYPE=SkylakeX"));
    command.addAll(java(classPath, "Dl4j", "-Dorg.bytedeco.javacpp.platform.extension=-avx512"));
    return command;
  }

  /// Whether the profile `peers` has brought it.
  private static boolean isPresent(String main) {
    try {
      Class.forName(name(main), false, Contestants.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException _) {
      return false;
    }
  }

  private static List<String> java(String classPath, String main, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(options));
    command.addAll(List.of("-classpath", classPath, name(main)));
    return command;
  }

  private static String name(String main) {
    return Contestants.class.getPackageName() + "." + main;
  }
}

package dev.backprop.delivery;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;

/// Makes containers of the server's image.
final class ServerImage {

  static final int PORT = 8080;

  /// Names an image that is already built, to be tested instead of one built here.
  private static final String BUILT_IMAGE = "BACKPROP_IMAGE";

  private ServerImage() {}

  /// A container as locked down as the one of `docker-compose.yml`, open to whoever reaches its
  /// port.
  static GenericContainer<?> openContainer() {
    return container()
        .withExposedPorts(PORT)
        .withEnv("BACKPROP_SECURITY_ALLOW_UNAUTHENTICATED", "true");
  }

  /// A container that nobody told who may call it.
  static GenericContainer<?> container() {
    return new GenericContainer<>(image())
        .withTmpFs(Map.of("/tmp", "exec"))
        .withCreateContainerCmdModifier(ServerImage::lockDown);
  }

  private static void lockDown(CreateContainerCmd command) {
    Objects.requireNonNull(command.getHostConfig())
        .withReadonlyRootfs(true)
        .withCapDrop(Capability.ALL)
        .withSecurityOpts(List.of("no-new-privileges:true"));
  }

  private static Future<String> image() {
    String built = System.getenv(BUILT_IMAGE);
    if (built != null) {
      return CompletableFuture.completedFuture(built);
    }
    // keeps its name, so that Docker keeps the layers and the next build takes seconds
    var image = new ImageFromDockerfile("backprop-server-under-test", false);
    for (String part : List.of("Dockerfile", "mvnw", "pom.xml", ".mvn", "src/main")) {
      image.withFileFromPath(part, Path.of(part).toAbsolutePath());
    }
    return image;
  }
}

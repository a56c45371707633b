package dev.backprop.inference.protocol;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The server in the words of the Open Inference Protocol.
@Tag(
    name = "Open Inference Protocol",
    description = "Predictions as KServe, Triton and others have them; /api/v1 has more")
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class OpenInferenceServerController {

  private final ApplicationAvailability availability;
  private final String version;

  OpenInferenceServerController(
      ApplicationAvailability availability, ObjectProvider<BuildProperties> build) {
    this.availability = availability;
    BuildProperties properties = build.getIfAvailable();
    String known = properties == null ? null : properties.getVersion();
    version = known == null ? "development" : known;
  }

  /// The server.
  record ServerMetadata(String name, String version, List<String> extensions) {}

  /// Whether requests can be received.
  record ServerLive(boolean live) {}

  /// Whether requests can be answered.
  record ServerReady(boolean live, boolean ready) {}

  @Operation(summary = "Describe the server", description = "Its name, version and extensions.")
  @ApiResponse(
      responseCode = "200",
      description = "The server",
      useReturnTypeSchema = true,
      content = @Content(examples = @ExampleObject(OpenInferenceExamples.SERVER)))
  @OpenInferenceErrors
  @GetMapping("/v2")
  ServerMetadata server() {
    return new ServerMetadata(
        "Backprop Server", version, List.of("binary_tensor_data", "statistics"));
  }

  /// The protocol's text and its OpenAPI document differ in the last character.
  @Hidden
  @GetMapping("/v2/")
  ServerMetadata serverWithSlash() {
    return server();
  }

  @Operation(summary = "Check that the server is alive", description = "503 where it is not.")
  @ApiResponse(
      responseCode = "200",
      description = "It is",
      useReturnTypeSchema = true,
      content = @Content(examples = @ExampleObject(OpenInferenceExamples.LIVE)))
  @OpenInferenceErrors
  @GetMapping("/v2/health/live")
  ResponseEntity<ServerLive> live() {
    boolean live = availability.getLivenessState() == LivenessState.CORRECT;
    return ResponseEntity.status(status(live)).body(new ServerLive(live));
  }

  @Operation(
      summary = "Check that the server is ready",
      description = "503 while it starts or shuts down. Models are ready as soon as they exist.")
  @ApiResponse(
      responseCode = "200",
      description = "It is",
      useReturnTypeSchema = true,
      content = @Content(examples = @ExampleObject(OpenInferenceExamples.READY)))
  @OpenInferenceErrors
  @GetMapping("/v2/health/ready")
  ResponseEntity<ServerReady> ready() {
    boolean live = availability.getLivenessState() == LivenessState.CORRECT;
    boolean ready = live && availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    return ResponseEntity.status(status(ready)).body(new ServerReady(live, ready));
  }

  private static HttpStatus status(boolean good) {
    return good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
  }
}

package dev.backprop.e2e;

import java.net.http.HttpResponse;
import java.util.Optional;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the server answered.
///
/// @param request method and path, for messages
record Reply(String request, HttpResponse<String> response) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  int status() {
    return response.statusCode();
  }

  String body() {
    return response.body();
  }

  /// The body, held to the letter of RFC 8259: a bare NaN fails.
  JsonNode json() {
    return JSON.readTree(body());
  }

  /// A header that must be there.
  String header(String name) {
    return optionalHeader(name)
        .orElseThrow(() -> new AssertionError("no header " + name + " in " + this));
  }

  Optional<String> optionalHeader(String name) {
    return response.headers().firstValue(name);
  }

  /// The same reply, if it has this status.
  Reply expect(int status) {
    if (status() != status) {
      throw new AssertionError("expected " + status + ", got " + this);
    }
    return this;
  }

  @Override
  public String toString() {
    return request + " -> " + status() + " " + response.headers().map() + "\n" + body();
  }
}

package dev.backprop.job;

import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonBinder;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads merge patches of specs, and specs that are patched.
@Component
class PatchReader {

  /// Of a patch, which is kept as a tree while it is read.
  private static final int MOST_BYTES = 1 << 20;

  private final JsonBinder binder;
  private final JsonMapper json;

  PatchReader(JsonBinder binder, JsonMapper json) {
    this.binder = binder;
    this.json = json;
  }

  /// The patch that a body is.
  ///
  /// @throws ProblemException [ProblemType#INVALID_REQUEST] if it is none;
  ///   [ProblemType#PAYLOAD_TOO_LARGE]
  /// @throws IOException if the connection fails
  ObjectNode read(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new ProblemException(
          ProblemType.PAYLOAD_TOO_LARGE,
          "A patch may have %d bytes. Large data are uploaded first: POST /api/v1/datasets, then name their id."
              .formatted(MOST_BYTES));
    }
    Bound<JsonNode> patch =
        binder.bind(new ByteArrayInputStream(bytes), bytes.length, JsonNode.class);
    InputErrors errors = new InputErrors();
    errors.addAll(patch.errors());
    if (!(patch.value() instanceof ObjectNode)) {
      errors.add(
          "#",
          "expected an object, a JSON merge patch such as {\"training\": {\"epochs\": 500}}, got "
              + describe(patch.value()));
    }
    errors.throwIfAny(ProblemType.INVALID_REQUEST);
    return (ObjectNode) patch.value();
  }

  /// A value in a few words.
  static String describe(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT, POJO -> "an object";
      case STRING -> "a string";
      case BOOLEAN, NULL, NUMBER, BINARY, MISSING -> value.toString();
    };
  }

  /// A spec, or a part of one, as JSON.
  ObjectNode tree(Object spec) {
    return json.valueToTree(spec);
  }

  /// The spec that a tree is, with all that is wrong with its form.
  Bound<JobSpec> spec(ObjectNode tree) {
    return binder.bind(tree, JobSpec.class);
  }

  /// An object without members.
  ObjectNode empty() {
    return json.createObjectNode();
  }
}

package dev.backprop.dataset.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.dataset.generator.Generator;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// The `dataset` member of another request: the id of a data set that is kept, or the data itself
/// in the form of a [DatasetRequest].
///
/// The fields stand here again, because unwrapping a nested record would hold the whole body in
/// memory a second time and let unknown fields pass.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Either an id, or inputs with targets, or rows, or a generator")
public record DatasetSource(
    @Schema(example = "ds_01kbe3g6v4h8w2m5q9x7c1d0zr") @Nullable String id,
    @Nullable String name,
    @Schema(implementation = float[][].class, description = "As for a new data set")
        @JsonDeserialize(using = JsonTableDeserializer.Numbers.class)
        @Nullable JsonTable inputs,
    @Schema(implementation = Object[].class, description = "As for a new data set")
        @JsonDeserialize(using = JsonTableDeserializer.Targets.class)
        @Nullable JsonTable targets,
    @Schema(implementation = Map[].class, description = "As for a new data set")
        @JsonDeserialize(using = JsonTableDeserializer.Rows.class)
        @Nullable JsonTable rows,
    @Nullable Generator generator) {

  /// A data set that is kept.
  public static DatasetSource ofId(String id) {
    return new DatasetSource(id, null, null, null, null, null);
  }

  /// The data itself; for [DatasetFactory#fromRequest] where there is no id.
  public DatasetRequest request() {
    return new DatasetRequest(name, inputs, targets, rows, generator);
  }

  /// All that is wrong in itself, with pointers relative to this member, such as `#/inputs/3/0`.
  public List<InputError> errors() {
    if (id == null) {
      return request().errors();
    }
    InputErrors errors = new InputErrors();
    if (name != null || inputs != null || targets != null || rows != null || generator != null) {
      errors.add("#", "either an id or the data itself is needed, both are given");
    }
    return errors.toList();
  }
}

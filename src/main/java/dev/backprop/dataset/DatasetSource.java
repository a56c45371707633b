package dev.backprop.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// The data set of a job: the id of a stored one, or inline data in the forms of [DatasetRequest].
///
/// @param id of a stored data set
@Schema(description = "Exactly one of id, inputs with targets, rows or generator")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetSource(
    @Schema(description = "The id of a stored data set", example = "ds_01k0example")
        @Nullable String id,
    @Schema(description = "What to call inline data") @Nullable String name,
    @Schema(
            implementation = float[][].class,
            description = "Rows of numbers, all of one length; the columns are called x1, x2, …")
        @JsonDeserialize(using = JsonTableDeserializer.Numbers.class)
        @Nullable JsonTable inputs,
    @Schema(
            implementation = Object[].class,
            description =
                "One row of numbers or labels for each row of inputs, or one number or label"
                    + " alone; the columns are called y1, y2, …")
        @JsonDeserialize(using = JsonTableDeserializer.Targets.class)
        @Nullable JsonTable targets,
    @Schema(
            implementation = Map[].class,
            description = "Objects from column to number, text, boolean or null")
        @JsonDeserialize(using = JsonTableDeserializer.Rows.class)
        @Nullable JsonTable rows,
    @Nullable Generator generator) {

  /// A stored data set.
  public static DatasetSource stored(String id) {
    return new DatasetSource(id, null, null, null, null, null);
  }

  /// The inline data.
  public DatasetRequest inline() {
    return new DatasetRequest(name, inputs, targets, rows, generator);
  }

  /// Whether there are any inline data.
  public boolean hasInlineData() {
    return inputs != null || targets != null || rows != null || generator != null;
  }
}

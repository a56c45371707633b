package dev.backprop.dataset.intake;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.generator.Generator;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// Data in a JSON body: exactly one of `inputs` with `targets`, `rows` or `generator`.
///
/// @param name what to call the data set
/// @param inputs rows of numbers, columns `x1`, `x2`, …
/// @param targets for each row of inputs its numbers or labels, or one alone; columns `y1`, `y2`, …
/// @param rows objects; the keys of the first are the columns, a key left out later is a missing
///   cell; texts make categories
/// @param generator makes the data by a formula
@Schema(description = "Exactly one of inputs with targets, rows or generator")
public record DatasetRequest(
    @Schema(example = "xor", pattern = "[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}", defaultValue = "data")
        @Nullable String name,
    @Schema(
            implementation = float[][].class,
            example = "[[0, 0], [0, 1], [1, 0], [1, 1]]",
            description = "Rows of numbers, all of one length; the columns are called x1, x2, …")
        @JsonDeserialize(using = JsonTableDeserializer.Numbers.class)
        @Nullable JsonTable inputs,
    @Schema(
            implementation = Object[].class,
            example = "[[0], [1], [1], [0]]",
            description =
                "One row of numbers or labels for each row of inputs, or one number or label"
                    + " alone; the columns are called y1, y2, …")
        @JsonDeserialize(using = JsonTableDeserializer.Targets.class)
        @Nullable JsonTable targets,
    @Schema(
            implementation = Map[].class,
            description =
                "Objects from column to number, text, boolean or null. The keys of the first are"
                    + " the columns; one left out in a later row is a missing cell.")
        @JsonDeserialize(using = JsonTableDeserializer.Rows.class)
        @Nullable JsonTable rows,
    @Nullable Generator generator) {

  /// The same request, with this name where it has none.
  public DatasetRequest nameOr(@Nullable String other) {
    return name == null ? new DatasetRequest(other, inputs, targets, rows, generator) : this;
  }

  /// All that is wrong with the request in itself.
  ///
  /// @return errors with pointers relative to this request, such as `#/inputs/3/0`
  public List<InputError> errors() {
    InputErrors errors = new InputErrors();
    if (name != null && !Dataset.NAME.matcher(name).matches()) {
      errors.add("#/name", DatasetFactory.invalidName(name));
    }
    checkSources(errors);
    checkTable("#/inputs", inputs, errors);
    checkTable("#/targets", targets, errors);
    checkTable("#/rows", rows, errors);
    if (inputs != null && targets != null && inputs.rows() != targets.rows()) {
      errors.add(
          "#/targets",
          "targets has %d rows, inputs has %d".formatted(targets.rows(), inputs.rows()));
    }
    if (generator != null) {
      generator.check(errors, "#/generator");
    }
    return errors.toList();
  }

  private void checkSources(InputErrors errors) {
    List<String> given = new ArrayList<>();
    if (inputs != null || targets != null) {
      given.add("inputs with targets");
    }
    if (rows != null) {
      given.add("rows");
    }
    if (generator != null) {
      given.add("generator");
    }
    if (given.size() != 1) {
      errors.add(
          "#",
          "exactly one of inputs with targets, rows or generator is needed, "
              + (given.isEmpty() ? "none is given" : String.join(" and ", given) + " are given"));
    }
    if (inputs == null && targets != null) {
      errors.add("#/inputs", "targets are given, the inputs that belong to them are missing");
    }
    if (inputs != null && targets == null) {
      errors.add("#/targets", "inputs are given, the targets that belong to them are missing");
    }
  }

  private static void checkTable(String pointer, @Nullable JsonTable table, InputErrors errors) {
    if (table == null) {
      return;
    }
    table.errors().forEach(error -> errors.add(error.below(pointer)));
    if (table.rows() == 0 && table.errors().isEmpty()) {
      errors.add(pointer, "there are no rows");
    }
  }
}

package dev.backprop.model;

import dev.backprop.problem.InputErrors;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/// What an alias shall be.
///
/// @param version that it points at
/// @param gate null to keep the one that there is
@Schema(description = "What an alias shall be")
record AliasRequest(
    @Schema(description = "The version that it points at", example = "3")
        @NotNull(message = "the number of a version is needed")
        @Min(value = 1, message = "versions count from 1")
        @Nullable Integer version,
    @Schema(
            description =
                "What this version and all later ones have to reach. Left out, the gate that there"
                    + " is stays.")
        @Valid
        @Nullable Gate gate) {

  /// Adds what of the alias cannot be.
  ///
  /// @param name of the alias
  void check(String name, InputErrors errors) {
    if (!Alias.isName(name)) {
      errors.add(
          "#",
          "the name of an alias is 1 to 100 letters, digits, '.', '_' or '-', a letter first, so"
              + " that it cannot be taken for the number of a version");
    } else if (name.equals(Alias.NEWEST) || name.equals("latest")) {
      errors.add(
          "#",
          "'%s' is not to be set: 'newest' always is the newest version; take another name, such as 'champion'"
              .formatted(name));
    }
    if (gate != null) {
      gate.check(errors);
    }
  }
}

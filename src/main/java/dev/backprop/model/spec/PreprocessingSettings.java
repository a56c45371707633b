package dev.backprop.model.spec;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How columns become inputs.
///
/// @param standardize whether numbers are brought to mean 0 and standard deviation 1
public record PreprocessingSettings(
    @Schema(
            description =
                "Whether number columns are brought to mean 0 and standard deviation 1, measured"
                    + " on the training rows. Columns of only 0 and 1 stay as they are, as the"
                    + " columns of one-hot categories do.",
            defaultValue = "true")
        @Nullable Boolean standardize) {

  /// The setting where none is given.
  public static final boolean DEFAULT_STANDARDIZE = true;
}

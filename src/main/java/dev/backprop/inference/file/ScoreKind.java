package dev.backprop.inference.file;

import dev.backprop.core.nn.Loss;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Model;
import java.util.Objects;

/// What the numbers of a prediction are.
enum ScoreKind {
  /// Of labels, from 0 to 1; one half and more is a yes.
  PROBABILITIES,
  /// Of labels; 0 and more is a yes.
  MARGINS,
  /// Of a regression.
  VALUES;

  static ScoreKind of(Model model) {
    Loss loss = Objects.requireNonNull(Objects.requireNonNull(model.spec().training()).loss());
    return of(model.preprocessor().target(), loss);
  }

  static ScoreKind of(TargetEncoder target, Loss loss) {
    return target instanceof TargetEncoder.Values
        ? VALUES
        : loss instanceof Loss.Hinge ? MARGINS : PROBABILITIES;
  }
}

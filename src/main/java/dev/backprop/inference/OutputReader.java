package dev.backprop.inference;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.nn.Loss;
import dev.backprop.dataset.preprocessing.EncodedRow;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says what the outputs of a network mean, in the way that a request wants it told.
final class OutputReader {

  /// A row with more flags is strange as a whole.
  private static final int FLAGS = 20;

  private final TargetEncoder target;
  private final boolean margins;

  /// What both classes of a single output have together: 1 as probabilities, 0 as margins.
  private final float both;

  private final float threshold;

  /// Whether the threshold decides between two classes; else the larger number does.
  private final boolean decides;

  private final @Nullable Integer topK;
  private final float @Nullable [] halfWidths;

  OutputReader(Model model, PredictOptions options) {
    Loss loss = PredictOptions.loss(model);
    target = model.preprocessor().target();
    margins = loss instanceof Loss.Hinge;
    both = 2 * loss.threshold();
    threshold = options.threshold() == null ? loss.threshold() : options.threshold();
    decides =
        target instanceof TargetEncoder.Classes classes
            && (classes.binary() || options.threshold() != null);
    topK = options.topK();
    halfWidths = options.halfWidths(model);
  }

  /// A scored row.
  ///
  /// @param outputs of the network, a row each
  /// @param row of the outputs
  Prediction read(Matrix outputs, int row, EncodedRow encoded) {
    float[] numbers = numbers(outputs, row);
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return Prediction.refused(
            "the network's output is not a finite number for this row, which is far outside of the training range");
      }
    }
    List<String> flags = flags(encoded.flags());
    return switch (target) {
      case TargetEncoder.Classes classes -> {
        NamedScores scores = new NamedScores(classes.labels(), numbers);
        yield labelled(classes.labels().get(chosen(scores)), null, scores, flags);
      }
      case TargetEncoder.Labels several -> {
        NamedScores scores = new NamedScores(several.columns(), numbers);
        yield labelled(null, scores.namesFrom(threshold), scores, flags);
      }
      case TargetEncoder.Values values ->
          Prediction.ofValues(
              new NamedScores(values.columns(), numbers),
              intervals(values.columns(), numbers),
              flags);
    };
  }

  /// A number for each label or target.
  private float[] numbers(Matrix outputs, int row) {
    int from = outputs.offset(row);
    if (target instanceof TargetEncoder.Classes classes && classes.binary()) {
      float second = outputs.values()[from];
      return new float[] {both - second, second};
    }
    return target.decode(Arrays.copyOfRange(outputs.values(), from, from + outputs.columns()));
  }

  /// Of two classes the second from the threshold on, as the accuracy has it; of more the one with
  /// the most.
  private int chosen(NamedScores scores) {
    if (decides) {
      return scores.number(1) >= threshold ? 1 : 0;
    }
    return scores.largest();
  }

  private Prediction labelled(
      @Nullable String label,
      @Nullable List<String> labels,
      NamedScores scores,
      List<String> flags) {
    return topK == null
        ? Prediction.ofLabels(label, labels, scores, margins, flags)
        : Prediction.ofTop(label, labels, scores.top(topK, margins), flags);
  }

  private @Nullable Map<String, Interval> intervals(List<String> targets, float[] numbers) {
    if (halfWidths == null) {
      return null;
    }
    Map<String, Interval> intervals = LinkedHashMap.newLinkedHashMap(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      intervals.put(targets.get(i), Interval.around(numbers[i], halfWidths[i]));
    }
    return intervals;
  }

  private static List<String> flags(List<EncodedRow.Flag> all) {
    if (all.isEmpty()) {
      return List.of();
    }
    List<String> flags = new ArrayList<>();
    all.stream().limit(FLAGS).map(EncodedRow.Flag::toString).forEach(flags::add);
    if (all.size() > FLAGS) {
      flags.add("and %d more".formatted(all.size() - FLAGS));
    }
    return flags;
  }
}

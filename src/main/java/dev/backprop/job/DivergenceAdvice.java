package dev.backprop.job;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Overflow;
import dev.backprop.core.train.Examples;
import dev.backprop.core.train.GradientClipping;
import dev.backprop.core.train.Lbfgs;
import dev.backprop.core.train.Lion;
import dev.backprop.core.train.Optimizer;
import dev.backprop.core.train.Rprop;
import dev.backprop.core.train.TrainingOutcome.Divergence;
import dev.backprop.dataset.preprocessing.Scaling;
import dev.backprop.job.event.LayerNames;
import dev.backprop.model.spec.ActivationJson;
import dev.backprop.model.spec.PreprocessingSettings;
import dev.backprop.model.spec.Task;
import java.math.BigDecimal;
import java.util.List;

/// Says of a training that diverged in which layer it began and what to try.
final class DivergenceAdvice {

  /// Numbers beyond this are large for a network.
  private static final float LARGE = 100;

  private final PreparedJob job;
  private final Examples training;

  DivergenceAdvice(PreparedJob job, Examples training) {
    this.job = job;
    this.training = training;
  }

  /// The error of a job whose training ended so.
  ///
  /// @param hasModel whether there are parameters from before
  JobError error(Divergence divergence, boolean hasModel) {
    JobError error = error(what(divergence), divergence.overflow());
    return hasModel
        ? new JobError(
            error.code(), error.detail() + " The model has the best parameters from before that.")
        : error;
  }

  private static String what(Divergence divergence) {
    return Double.isFinite(divergence.loss())
        ? "The parameters after epoch %d no longer gave a finite loss."
            .formatted(divergence.epoch())
        : "The loss was no longer a finite number in epoch %d, batch %d."
            .formatted(divergence.epoch(), divergence.batch());
  }

  /// The error of the job.
  ///
  /// @param what happened, as a sentence
  JobError error(String what, Overflow overflow) {
    StringBuilder detail = new StringBuilder(what).append(' ').append(place(overflow));
    detail.append(' ').append(smallerSteps());
    addInputs(detail);
    addLayer(overflow, detail);
    return new JobError("diverged", detail.toString());
  }

  private String place(Overflow overflow) {
    String layer = LayerNames.inWords(overflow.layer(), job.network().layers().size());
    return switch (overflow.kind()) {
      case SUMS -> "It began in %s, whose sums became too large.".formatted(layer);
      case GRADIENT -> "It began in %s, whose gradient became too large.".formatted(layer);
      case WEIGHTS -> "It began in %s, whose weights a step made too large.".formatted(layer);
    };
  }

  private String smallerSteps() {
    Optimizer optimizer = job.training().optimizer();
    double rate = optimizer.learningRate();
    String smaller =
        "Try a smaller learning rate than %s, such as %s"
            .formatted(rate, new BigDecimal(Double.toString(rate)).movePointLeft(1).doubleValue());
    boolean clips =
        !(job.training().gradientClipping() instanceof GradientClipping.None)
            || optimizer instanceof Lbfgs // refuses it
            || optimizer instanceof Lion // the sign is all that these take of a gradient
            || optimizer instanceof Rprop;
    return clips ? smaller + "." : smaller + ", or \"gradientClipping\": {\"norm\": 1.0}.";
  }

  private void addInputs(StringBuilder detail) {
    float largest = largest(training.x());
    PreprocessingSettings settings = job.spec().preprocessing();
    if (largest > LARGE && settings != null && settings.scaling() == Scaling.NONE) {
      detail.append(
          " The inputs reach %s: let \"preprocessing\": {\"standardize\": true} scale them."
              .formatted(largest));
    }
  }

  private void addLayer(Overflow overflow, StringBuilder detail) {
    List<LayerSpec> layers = job.network().layers();
    boolean hidden = overflow.layer() < layers.size() - 1;
    Activation activation = layers.get(overflow.layer()).activation();
    if (hidden && overflow.kind() == Overflow.Kind.SUMS && !isBounded(activation)) {
      detail.append(
          " The outputs of %s are unbounded, those of tanh are within -1 and 1."
              .formatted(ActivationJson.name(activation)));
    }
    if (job.training().loss() instanceof Loss.MeanSquaredError && job.task() == Task.REGRESSION) {
      float largest = largest(training.y());
      detail.append(
          largest > LARGE
              ? " The targets reach %s: %sscale them, or take the loss huber, whose gradient by the outputs is bounded."
                  .formatted(largest, scaling())
              : " The loss huber keeps the gradient by the outputs bounded.");
    }
  }

  /// What scales targets, if it does not yet and can.
  private String scaling() {
    PreprocessingSettings settings = job.spec().preprocessing();
    boolean linear = job.network().output().activation() instanceof Activation.Linear;
    return linear && settings != null && Boolean.FALSE.equals(settings.standardizeTargets())
        ? "let \"preprocessing\": {\"standardizeTargets\": true} "
        : "";
  }

  private static boolean isBounded(Activation activation) {
    return activation instanceof Activation.Sigmoid
        || activation instanceof Activation.HardSigmoid
        || activation instanceof Activation.Tanh
        || activation instanceof Activation.Softsign;
  }

  private static float largest(Matrix m) {
    float largest = 0;
    for (int i = m.offset(); i < m.offset() + m.size(); i++) {
      largest = Math.max(largest, Math.abs(m.values()[i]));
    }
    return largest;
  }
}

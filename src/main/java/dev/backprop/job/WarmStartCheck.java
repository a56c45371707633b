package dev.backprop.job;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Normalization;
import dev.backprop.core.train.BatchSize;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.model.spec.ActivationJson;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.LbfgsSettings;
import dev.backprop.model.spec.NetworkSettings;
import dev.backprop.model.spec.NetworkSettings.Layer;
import dev.backprop.model.spec.NormalizationJson;
import dev.backprop.model.spec.PreprocessingSettings;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether what a spec says beside its warm start is what the model has.
final class WarmStartCheck {

  private final Origin origin;
  private final InputErrors errors;

  /// @param errors takes every difference
  WarmStartCheck(Origin origin, InputErrors errors) {
    this.origin = origin;
    this.errors = errors;
  }

  void check(JobSpec spec) {
    if (origin.isFork() && spec.warmStart() != null) {
      errors.add(
          "#/warmStart", "a fork starts from its job; leave warmStart out, or post a new job");
    }
    List<String> features =
        origin.preprocessor().features().stream().map(FeatureEncoder::name).toList();
    checkColumns("features", spec.features(), features);
    checkColumns("targets", spec.targets(), origin.preprocessor().target().columns());
    if (spec.task() != null && spec.task() != origin.task()) {
      differs("#/task", Words.of(spec.task()), Words.of(origin.task()), "task");
    }
    checkPreprocessing(spec.preprocessing());
    if (spec.network() != null) {
      checkNetwork(spec.network());
    }
    checkImplied(spec.training(), spec.network());
  }

  private void differs(String pointer, Object given, Object own, String field) {
    errors.add(
        pointer,
        "%s, %s has %s; leave %s out, and it is the %s's, or %s"
            .formatted(
                given,
                origin.inWords(),
                own,
                field,
                origin.isFork() ? "job" : "model",
                origin.elseInWords()));
  }

  /// The first difference says enough: a column left out moves all behind it.
  private void checkColumns(String field, @Nullable List<String> given, List<String> own) {
    if (given == null) {
      return;
    }
    int common = Math.min(given.size(), own.size());
    for (int i = 0; i < common; i++) {
      String name = given.get(i);
      if (name != null && !name.equals(own.get(i))) {
        differs("#/" + field + "/" + i, quote(name), quote(own.get(i)) + " there", field);
        return;
      }
    }
    if (given.size() != own.size()) {
      differs("#/" + field, given.size() + " columns", own.size(), field);
    }
  }

  private static String quote(String name) {
    return "'" + JsonErrors.shorten(name) + "'";
  }

  private void checkPreprocessing(@Nullable PreprocessingSettings given) {
    if (given == null) {
      return;
    }
    PreprocessingSettings own = PreprocessingPlan.settings(new WarmStart(origin).preprocessing());
    checkSetting("standardize", given.standardize(), own.standardize());
    checkSetting("scaling", given.scaling(), own.scaling());
    checkSetting("minCategoryCount", given.minCategoryCount(), own.minCategoryCount());
    checkSetting("missing", given.missing(), own.missing());
    checkSetting("unseenCategory", given.unseenCategory(), own.unseenCategory());
    checkSetting("standardizeTargets", given.standardizeTargets(), own.standardizeTargets());
  }

  private void checkSetting(String field, @Nullable Object given, @Nullable Object own) {
    if (given != null && !given.equals(own)) {
      differs("#/preprocessing/" + field, inWords(given), inWords(own), "preprocessing");
    }
  }

  private static String inWords(@Nullable Object setting) {
    return setting instanceof Enum<?> constant ? Words.of(constant) : String.valueOf(setting);
  }

  private void checkNetwork(NetworkSettings given) {
    if (given.initializer() != null) {
      errors.add("#/network/initializer", started("so that nothing is drawn", "initializer"));
    }
    if (given.initialParameters() != null) {
      errors.add(
          "#/network/initialParameters", started("so that none are taken", "initialParameters"));
    }
    if (given.hidden() != null) {
      checkHidden(given.hidden(), WarmStart.hidden(origin));
    }
    if (given.output() != null) {
      checkActivation(
          "#/network/output/activation",
          given.output().activation(),
          origin.parameters().spec().output().activation());
    }
  }

  private String started(String consequence, String field) {
    return "the parameters are those of %s, %s; leave %s%s out"
        .formatted(origin.inWords(), consequence, field, origin.isFork() ? "" : " or warmStart");
  }

  private void checkHidden(List<Layer> given, List<Layer> own) {
    if (given.size() != own.size()) {
      differs("#/network/hidden", given.size() + " hidden layers", own.size(), "network");
    }
    for (int i = 0; i < Math.min(given.size(), own.size()); i++) {
      Layer layer = given.get(i);
      if (layer == null) { // could not be read
        continue;
      }
      String pointer = "#/network/hidden/" + i;
      Integer units = Objects.requireNonNull(own.get(i).units());
      if (layer.units() != null && !layer.units().equals(units)) {
        differs(pointer + "/units", layer.units() + " units", units, "network");
      }
      checkActivation(
          pointer + "/activation",
          layer.activation(),
          Objects.requireNonNull(own.get(i).activation()));
      Normalization normalization = Objects.requireNonNull(own.get(i).normalization());
      if (layer.normalization() != null && !layer.normalization().equals(normalization)) {
        differs(
            pointer + "/normalization",
            NormalizationJson.describe(layer.normalization()),
            NormalizationJson.describe(normalization),
            "network");
      }
    }
  }

  private void checkActivation(String pointer, @Nullable Activation given, Activation own) {
    if (given != null && !given.equals(own)) {
      differs(pointer, ActivationJson.describe(given), ActivationJson.describe(own), "network");
    }
  }

  /// The dropout and batch normalization that layers have from the model, where the training does
  /// not work with them.
  private void checkImplied(
      @Nullable TrainingSettings training, @Nullable NetworkSettings network) {
    if (training == null) {
      return;
    }
    List<Layer> own = WarmStart.hidden(origin);
    List<Layer> given = network == null ? null : network.hidden();
    for (int i = 0; i < own.size(); i++) {
      Layer layer = given == null || i >= given.size() ? null : given.get(i);
      if (layer == null || layer.dropout() == null) {
        checkDropout(training, i, Objects.requireNonNull(own.get(i).dropout()));
      }
      if ((layer == null || layer.normalization() == null)
          && own.get(i).normalization() instanceof Normalization.Batch) {
        checkBatchNormalization(training, i);
      }
    }
  }

  private void checkDropout(TrainingSettings training, int hidden, double dropout) {
    if (dropout > 0 && training.optimizer() instanceof LbfgsSettings) {
      errors.add(
          "#/training/optimizer",
          "lbfgs does not work with dropout, and hidden layer %d of %s has %s; give the network with \"dropout\": 0.0, or take another optimizer, such as adam"
              .formatted(hidden + 1, origin.inWords(), dropout));
    }
  }

  private void checkBatchNormalization(TrainingSettings training, int hidden) {
    if (training.optimizer() instanceof LbfgsSettings) {
      errors.add(
          "#/training/optimizer",
          "lbfgs does not work with batch normalization, and hidden layer %d of %s has it; take another optimizer, such as adam"
              .formatted(hidden + 1, origin.inWords()));
    }
    if (training.batchSize() instanceof BatchSize.Rows rows && rows.size() == 1) {
      errors.add(
          "#/training/batchSize",
          "batch normalization needs batches of at least 2 rows, got 1, and hidden layer %d of %s has it; take more, such as 32"
              .formatted(hidden + 1, origin.inWords()));
    }
  }
}

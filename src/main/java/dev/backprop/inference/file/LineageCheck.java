package dev.backprop.inference.file;

import dev.backprop.model.Lineage;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.problem.InputErrors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keeps texts of any kind out of a lineage, which becomes a part of addresses and of reports, and
/// whatever contradicts the spec, with which it is trained again.
final class LineageCheck {

  /// Left out of networks that were trained with nobody knows what.
  static final String DATASET = "#/spec/dataset";

  private static final String HERE = "#/lineage";
  private static final String VALIDATION = "/validationDatasetSha256";
  private static final String EPOCHS = "/epochs";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+_-]{1,64}");
  private static final Pattern NAME = Pattern.compile(JobSpec.NAME);

  private LineageCheck() {}

  static void check(Lineage lineage, JobSpec spec, String parametersSha256, InputErrors errors) {
    if (!isUnknown(lineage)) {
      require(ID, lineage.job(), "/job", errors);
      require(HASH, lineage.datasetSha256(), "/datasetSha256", errors);
      require(VERSION, lineage.codeVersion(), "/codeVersion", errors);
    }
    if (!parametersSha256.equals(lineage.parametersSha256())) {
      errors.add(HERE + "/parametersSha256", "is not the hash of " + ParametersFile.NAME);
    }
    Lineage.Parent parent = lineage.parent();
    if (parent != null) {
      require(HASH, parent.parametersSha256(), "/parent/parametersSha256", errors);
      if (parent.job() == null || parent.model() != null) {
        require(NAME, parent.model(), "/parent/model", errors);
      } else {
        require(ID, parent.job(), "/parent/job", errors);
      }
    }
    if (lineage.validationDatasetSha256() != null) {
      require(HASH, lineage.validationDatasetSha256(), VALIDATION, errors);
    }
    checkDatasets(lineage, spec, errors);
    checkEpochs(lineage, spec.training(), errors);
  }

  private static void checkDatasets(Lineage lineage, JobSpec spec, InputErrors errors) {
    String hashed = "is required where the lineage has its hash";
    if (spec.dataset() == null && lineage.datasetSha256() != null) {
      errors.add(DATASET, hashed);
    }
    String validation = spec.validation() == null ? null : spec.validation().dataset();
    String sha256 = lineage.validationDatasetSha256();
    if (validation == null && sha256 != null) {
      errors.add("#/spec/validation/dataset", hashed);
    }
    if (validation != null && sha256 == null) {
      errors.add(HERE + VALIDATION, "is required where spec.validation names a data set");
    }
  }

  private static void checkEpochs(
      Lineage lineage, @Nullable TrainingSettings training, InputErrors errors) {
    Integer epochs = lineage.epochs();
    if (epochs == null) {
      return;
    }
    if (epochs < 1) {
      errors.add(HERE + EPOCHS, "must be at least 1, got " + epochs);
    }
    Integer given = training == null ? null : training.epochs();
    int most = given == null ? TrainingSettings.DEFAULT_EPOCHS : given;
    if (epochs > most && !lineage.changedOnTheWay()) {
      errors.add(
          HERE + EPOCHS,
          "must be at most spec.training.epochs, %d, got %d".formatted(most, epochs));
    }
  }

  /// Whether it says nothing of the training, as that of a network from an ONNX file.
  private static boolean isUnknown(Lineage lineage) {
    return lineage.job() == null
        && lineage.datasetSha256() == null
        && lineage.seed() == null
        && lineage.codeVersion() == null;
  }

  private static void require(
      Pattern pattern, @Nullable String text, String field, InputErrors errors) {
    if (text == null || !pattern.matcher(text).matches()) {
      errors.add(HERE + field, "is required, and of the form " + pattern);
    }
  }
}

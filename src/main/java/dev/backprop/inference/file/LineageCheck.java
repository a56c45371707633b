package dev.backprop.inference.file;

import dev.backprop.model.Lineage;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.InputErrors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keeps texts of any kind out of a lineage, which becomes a part of addresses and of reports.
final class LineageCheck {

  private static final String HERE = "#/lineage";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+_-]{1,64}");
  private static final Pattern NAME = Pattern.compile(JobSpec.NAME);

  private LineageCheck() {}

  static void check(Lineage lineage, String parametersSha256, InputErrors errors) {
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
      require(HASH, lineage.validationDatasetSha256(), "/validationDatasetSha256", errors);
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

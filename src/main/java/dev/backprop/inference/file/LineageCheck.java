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
    require(ID, lineage.job(), "/job", errors);
    require(HASH, lineage.datasetSha256(), "/datasetSha256", errors);
    require(VERSION, lineage.codeVersion(), "/codeVersion", errors);
    if (!parametersSha256.equals(lineage.parametersSha256())) {
      errors.add(HERE + "/parametersSha256", "is not the hash of " + ParametersFile.NAME);
    }
    if (lineage.parent() != null) {
      require(NAME, lineage.parent().model(), "/parent/model", errors);
    }
    if (lineage.validationDatasetSha256() != null) {
      require(HASH, lineage.validationDatasetSha256(), "/validationDatasetSha256", errors);
    }
  }

  private static void require(
      Pattern pattern, @Nullable String text, String field, InputErrors errors) {
    if (text == null || !pattern.matcher(text).matches()) {
      errors.add(HERE + field, "is required, and of the form " + pattern);
    }
  }
}

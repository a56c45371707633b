package dev.backprop.job;

import dev.backprop.model.Model;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A training that is gone through again to see whether it gives the same parameters. The model
/// that it makes is compared and not kept.
final class Verification implements ModelShelf {

  private final String name;
  private final int version;
  private final String expectedSha256;
  private final @Nullable String trainedBy;
  private final String verifiedBy;

  /// Until it is compared, so that a model that is deleted is not held any longer.
  private volatile @Nullable Model expected;

  private volatile @Nullable Comparison comparison;

  /// @param codeVersion of this server
  Verification(Model expected, String codeVersion) {
    this.expected = expected;
    name = expected.name();
    version = expected.version();
    expectedSha256 = expected.lineage().parametersSha256();
    trainedBy = expected.lineage().codeVersion();
    verifiedBy = codeVersion;
  }

  /// @param actualSha256 of the parameters that the training gave
  /// @param samePreprocessor whether rows become the same inputs
  private record Comparison(String actualSha256, boolean samePreprocessor) {}

  boolean isOf(String model, int number) {
    return name.equals(model) && version == number;
  }

  @Override
  public Job.@Nullable ModelReference keep(String ignored, IntFunction<Model> model) {
    Model made = model.apply(version);
    Model original = expected;
    comparison =
        new Comparison(
            made.lineage().parametersSha256(),
            original != null && made.preprocessor().equals(original.preprocessor()));
    expected = null;
    return null;
  }

  /// What has come of it so far.
  VerificationView view(Job job) {
    Comparison made = comparison;
    JobView now = job.view(null);
    Comparison complete = now.status() == JobStatus.SUCCEEDED ? made : null;
    Boolean verified = complete == null ? null : isSame(complete);
    String self = "/api/v1/models/" + name + "/versions/" + version;
    return new VerificationView(
        job.id(),
        name,
        version,
        now.status(),
        verified,
        expectedSha256,
        complete == null ? null : complete.actualSha256(),
        reason(now, verified, made),
        Map.of(
            "self", self + "/verifications/" + job.id(),
            "model", self,
            "job", "/api/v1/jobs/" + job.id()));
  }

  private boolean isSame(Comparison made) {
    return made.samePreprocessor() && made.actualSha256().equals(expectedSha256);
  }

  private @Nullable String reason(
      JobView now, @Nullable Boolean verified, @Nullable Comparison made) {
    if (verified == null) {
      return now.status().isFinal() ? unfinished(now) : null;
    }
    if (verified) {
      return "The same training gave the same parameters, bit for bit.";
    }
    String what =
        made != null && !made.samePreprocessor()
            ? "The training rows gave other scales or categories."
            : "The training gave other parameters.";
    String why =
        verifiedBy.equals(trainedBy)
            ? " The same bits are promised on one kind of processor only."
            : " The model was trained by version %s of the server, and this is version %s."
                .formatted(trainedBy, verifiedBy);
    return what + why;
  }

  private static String unfinished(JobView now) {
    String error = now.error() == null ? "" : ": " + now.error().detail();
    return "The training %s before it was over%s".formatted(Words.of(now.status()), error);
  }
}

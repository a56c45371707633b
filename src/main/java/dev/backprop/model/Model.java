package dev.backprop.model;

import dev.backprop.core.metric.Calibration;
import dev.backprop.core.metric.ConformalIntervals;
import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.Task;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A trained network with all that a prediction needs: an immutable version under a name.
///
/// @param name of the model
/// @param version counted from 1 under the name; never given twice
/// @param createdAt when the training ended
/// @param task what it learned
/// @param spec what it was made from, every default filled in
/// @param preprocessor how raw rows become inputs
/// @param parameters θ, never changed
/// @param metrics how good it is
/// @param lineage where it comes from
/// @param crossValidation how good models made alike are, or null where none was made
/// @param calibration how far its outputs can be trusted, or null where there were no validation
///   rows, or nothing to be said of them
/// @param training how the training went, or null where that is not known
public record Model(
    String name,
    int version,
    Instant createdAt,
    Task task,
    JobSpec spec,
    Preprocessor preprocessor,
    Parameters parameters,
    Metrics metrics,
    Lineage lineage,
    @Nullable CrossValidation crossValidation,
    @Nullable Calibration calibration,
    @Nullable TrainingSummary training) {

  /// What the smallest model takes beside its parameters (measured: 1,450 bytes).
  private static final int SMALLEST = 1_500;

  /// What a cross-validation takes, about.
  private static final int CROSS_VALIDATION = 2_000;

  /// What a feature or a text takes beside its characters, about.
  private static final int OBJECT = 64;

  /// The same model, with the preprocessor of another one where it has an equal one. Versions that
  /// were trained with the same rows do, and that of many columns takes as much room as a small
  /// network.
  Model sharing(Model other) {
    return preprocessor.equals(other.preprocessor)
        ? new Model(
            name,
            version,
            createdAt,
            task,
            spec,
            other.preprocessor,
            parameters,
            metrics,
            lineage,
            crossValidation,
            calibration,
            training)
        : this;
  }

  /// Names the version in HTTP: it differs between any two versions of a model.
  public String etag() {
    return '"' + lineage.parametersSha256() + '-' + version + '"';
  }

  /// The same model under another version.
  public Model asVersion(int other) {
    return as(name, other, lineage);
  }

  /// The same model under another name and version, with where it comes from told anew.
  public Model as(String otherName, int other, Lineage origin) {
    return new Model(
        otherName,
        other,
        createdAt,
        task,
        spec,
        preprocessor,
        parameters,
        metrics,
        origin,
        crossValidation,
        calibration,
        training);
  }

  /// The memory that it takes, about, if it shares nothing.
  public long bytes() {
    return bytes(parameters.count(), preprocessor, spec);
  }

  /// The memory that a model will take, about: millions of small ones are no smaller than few large
  /// ones.
  ///
  /// @param learned how many numbers θ and the running statistics have
  public static long bytes(long learned, Preprocessor preprocessor, JobSpec spec) {
    boolean given = spec.network() != null && spec.network().initialParameters() != null;
    long numbers = given ? 2 * learned : learned;
    Stream<String> categories =
        preprocessor.features().stream()
            .flatMap(
                feature ->
                    feature instanceof CategoryEncoder encoder
                        ? Stream.concat(encoder.categories().stream(), encoder.folded().stream())
                        : Stream.of());
    Stream<String> labels =
        preprocessor.target() instanceof TargetEncoder.Classes classes
            ? classes.labels().stream()
            : Stream.of();
    long texts =
        Stream.concat(categories, labels)
            .mapToLong(text -> OBJECT + (long) Character.BYTES * text.length())
            .sum();
    boolean folds = spec.validation() != null && spec.validation().folds() != null;
    long errors =
        spec.validation() != null && preprocessor.target() instanceof TargetEncoder.Values values
            ? (long) ConformalIntervals.kept(values.outputs()) * values.outputs()
            : 0;
    Integer epochs = spec.training() == null ? null : spec.training().epochs();
    return SMALLEST
        + (epochs == null ? 0 : TrainingSummary.bytes(epochs))
        + (folds ? CROSS_VALIDATION : 0)
        + Float.BYTES * (numbers + errors)
        + (long) OBJECT * preprocessor.features().size()
        + texts;
  }
}

package dev.backprop.model;

import dev.backprop.core.metric.Calibration;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.intake.DatasetSource;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.Task;
import dev.backprop.model.spec.TrainingSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Models for tests.
public final class Models {

  private Models() {}

  /// Settings that name no more than the loss.
  public static TrainingSettings training(Loss loss) {
    return new TrainingSettings(
        loss, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null);
  }

  /// A model whose rows go through this preprocessor and these parameters.
  public static Model of(
      String name,
      int version,
      Instant createdAt,
      Preprocessor preprocessor,
      Parameters parameters) {
    return of(name, version, createdAt, new Loss.MeanSquaredError(), preprocessor, parameters);
  }

  /// A model that was trained with this loss.
  public static Model of(
      String name, int version, Loss loss, Preprocessor preprocessor, Parameters parameters) {
    return of(name, version, Instant.EPOCH, loss, preprocessor, parameters);
  }

  private static Model of(
      String name,
      int version,
      Instant createdAt,
      Loss loss,
      Preprocessor preprocessor,
      Parameters parameters) {
    return new Model(
        name,
        version,
        createdAt,
        Task.REGRESSION,
        new JobSpec(
            name,
            DatasetSource.ofId("ds_1"),
            null,
            null,
            null,
            null,
            null,
            training(loss),
            null,
            null,
            null,
            null,
            null),
        preprocessor,
        parameters,
        Metrics.of(0, Map.of(), null, Map.of()),
        new Lineage(
            "job_1",
            "",
            42L,
            "1.2.3",
            ParametersHash.of(parameters),
            null,
            null,
            1,
            List.of(),
            null),
        null,
        null,
        null);
  }

  /// The same model, calibrated.
  public static Model calibrated(Model model, Calibration calibration) {
    return new Model(
        model.name(),
        model.version(),
        model.createdAt(),
        model.task(),
        model.spec(),
        model.preprocessor(),
        model.parameters(),
        model.metrics(),
        model.lineage(),
        model.crossValidation(),
        calibration,
        model.training());
  }

  /// One number from one number, with two parameters of 0.
  public static Model small(String name, int version, Instant createdAt) {
    return of(
        name,
        version,
        createdAt,
        new Preprocessor(
            List.of(new NumberEncoder("x", new Scaler.None(), 0, 1, null, false)),
            new TargetEncoder.Values(List.of("y"))),
        new Parameters(new NetworkSpec(1, List.of(new LayerSpec(1, new Activation.Linear())))));
  }
}

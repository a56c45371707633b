package dev.backprop.model;

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

  private static final TrainingSettings TRAINING =
      new TrainingSettings(
          new Loss.MeanSquaredError(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);

  private Models() {}

  /// A model whose rows go through this preprocessor and these parameters.
  public static Model of(
      String name,
      int version,
      Instant createdAt,
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
            TRAINING,
            null,
            null,
            null,
            null),
        preprocessor,
        parameters,
        Metrics.of(0, Map.of(), null, Map.of()),
        new Lineage("job_1", "", 42, "1.2.3", ParametersHash.of(parameters), null, null),
        null);
  }

  /// One number from one number, with two parameters of 0.
  static Model small(String name, int version, Instant createdAt) {
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

package dev.backprop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.Task;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model as the API shows it.
@Schema(name = "Model", description = "A version of a trained model")
public record ModelView(
    @Schema(example = "iris") String name,
    @Schema(example = "1") int version,
    Instant createdAt,
    Task task,
    @Schema(description = "How many numbers the network has learned", example = "259")
        long parameterCount,
    @Schema(description = "What it was made from, every default filled in") JobSpec spec,
    @Schema(description = "What a raw row has, and what a prediction gives") SchemaView schema,
    Metrics metrics,
    Lineage lineage,
    @Schema(description = "Where to go from here") Map<String, String> links,
    @Schema(description = "What validation.folds asked for; left out where it did not")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable CrossValidation crossValidation) {

  @Schema(name = "ModelSchema")
  record SchemaView(
      @Schema(
              description =
                  "In the order of a raw row. Their `inputs`, one after the other, are those of the"
                      + " network.")
          List<FeatureView> features,
      List<String> targets,
      @Nullable List<String> labels,
      @Schema(description = "Regression: the scale of each target, in their order")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable List<ScaleView> targetScales) {}

  /// What the API shows of a model.
  public static ModelView of(Model model) {
    TargetEncoder target = model.preprocessor().target();
    List<String> labels =
        switch (target) {
          case TargetEncoder.Classes classes -> classes.labels();
          case TargetEncoder.Values _ -> null;
          case TargetEncoder.Labels several -> several.columns();
        };
    List<ScaleView> scales =
        target instanceof TargetEncoder.Values values
            ? values.scalers().stream().map(ScaleView::of).toList()
            : null;
    String self = "/api/v1/models/" + model.name() + "/versions/" + model.version();
    return new ModelView(
        model.name(),
        model.version(),
        model.createdAt(),
        model.task(),
        model.parameters().values().length,
        model.spec(),
        new SchemaView(
            model.preprocessor().features().stream().map(FeatureView::of).toList(),
            target.columns(),
            labels,
            scales),
        model.metrics(),
        model.lineage(),
        Map.of(
            "self", self,
            "predict", self + "/predict",
            "job", "/api/v1/jobs/" + model.lineage().job()),
        model.crossValidation());
  }
}

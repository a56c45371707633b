package dev.backprop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.dataset.FeatureEncoder;
import dev.backprop.dataset.NumberFormat;
import dev.backprop.dataset.TargetEncoder;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.Task;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model as the API shows it.
@Schema(name = "Model", description = "A version of a trained model")
record ModelView(
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
    @Schema(description = "Where to go from here") Map<String, String> links) {

  @Schema(name = "ModelSchema")
  record SchemaView(List<Feature> features, List<String> targets, @Nullable List<String> labels) {}

  @Schema(name = "Feature", description = "A feature as a raw row gives it")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Feature(
      @Schema(example = "petal_length") String name,
      @Schema(
              example = "number",
              allowableValues = {"number", "category", "boolean", "date"})
          String type,
      @Schema(
              description = "Smallest number or first date in training",
              example = "1.0",
              oneOf = {Float.class, String.class})
          @Nullable Object minimum,
      @Schema(
              description = "Largest number or last date in training",
              example = "6.9",
              oneOf = {Float.class, String.class})
          @Nullable Object maximum,
      @Schema(description = "Categories that occurred in training")
          @Nullable List<String> categories) {

    static Feature of(FeatureEncoder encoder) {
      return switch (encoder) {
        case FeatureEncoder.Standardize s ->
            new Feature(s.name(), "number", s.minimum(), s.maximum(), null);
        case FeatureEncoder.Identity i ->
            new Feature(i.name(), "number", i.minimum(), i.maximum(), null);
        case FeatureEncoder.Formatted f -> formatted(of(f.numbers()), f.format());
        case FeatureEncoder.OneHot o ->
            new Feature(o.name(), "category", null, null, o.categories());
      };
    }

    private static Feature formatted(Feature number, NumberFormat format) {
      boolean date = format == NumberFormat.DATE;
      return new Feature(
          number.name,
          format.type().word(),
          date && number.minimum instanceof Float first ? format.text(first) : null,
          date && number.maximum instanceof Float last ? format.text(last) : null,
          null);
    }
  }

  static ModelView of(Model model) {
    TargetEncoder target = model.preprocessor().target();
    List<String> labels =
        switch (target) {
          case TargetEncoder.Classes classes -> classes.labels();
          case TargetEncoder.Values _ -> null;
          case TargetEncoder.Labels several -> several.columns();
        };
    String self = "/api/v1/models/" + model.name() + "/versions/" + model.version();
    return new ModelView(
        model.name(),
        model.version(),
        model.createdAt(),
        model.task(),
        model.parameters().values().length,
        model.spec(),
        new SchemaView(
            model.preprocessor().features().stream().map(Feature::of).toList(),
            target.columns(),
            labels),
        model.metrics(),
        model.lineage(),
        Map.of(
            "self", self,
            "predict", self + "/predict",
            "job", "/api/v1/jobs/" + model.lineage().job()));
  }
}

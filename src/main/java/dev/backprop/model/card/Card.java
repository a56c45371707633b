package dev.backprop.model.card;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.CrossValidation;
import dev.backprop.model.Lineage;
import dev.backprop.model.Model;
import dev.backprop.model.TrainingSummary;
import dev.backprop.model.spec.NetworkSettings;
import dev.backprop.problem.EnumNames;
import dev.backprop.problem.JsonErrors;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Says what is to be known of a model.
final class Card {

  /// Features, and categories of each, that are named.
  private static final int NAMED = 50;

  private static final int CATEGORIES = 20;

  private final Model model;
  private final @Nullable Dataset data;
  private final JsonMapper json;

  /// @param data what the model was trained on, null where that is no longer kept
  Card(Model model, @Nullable Dataset data, JsonMapper json) {
    this.model = model;
    this.data = data;
    this.json = json;
  }

  String title() {
    return "%s, version %d".formatted(model.name(), model.version());
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading(1, title()));
    blocks.add(
        new Block.Text(
            "Trained until %s by version %s of Backprop Server."
                .formatted(
                    model.createdAt().truncatedTo(ChronoUnit.SECONDS),
                    model.lineage().codeVersion())));
    blocks.add(new Block.Heading(2, "Intended task"));
    blocks.add(new Block.Text(task()));
    addData(blocks);
    addTraining(blocks);
    addMetrics(blocks);
    addCurve(blocks);
    blocks.add(new Block.Heading(2, "Limits"));
    blocks.add(new Block.Items(new Limits(model, data).all()));
    addLineage(blocks);
    return blocks;
  }

  private String task() {
    String what =
        switch (model.preprocessor().target()) {
          case TargetEncoder.Classes classes ->
              "tells the %d classes of %s apart: %s"
                  .formatted(
                      classes.labels().size(), name(classes.column()), names(classes.labels()));
          case TargetEncoder.Labels labels ->
              "says which of %d labels a row has: %s"
                  .formatted(labels.columns().size(), names(labels.columns()));
          case TargetEncoder.Values values -> "predicts numbers: " + names(values.columns());
        };
    int features = model.preprocessor().features().size();
    return "%s. It %s, from %d %s of raw values."
        .formatted(
            capitalized(EnumNames.of(model.task())),
            what,
            features,
            features == 1 ? "column" : "columns");
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String name(String column) {
    return JsonErrors.shorten(column);
  }

  static String names(List<String> names) {
    String shown =
        names.stream().limit(CATEGORIES).map(JsonErrors::shorten).collect(Collectors.joining(", "));
    return names.size() <= CATEGORIES
        ? shown
        : shown + " and %d more".formatted(names.size() - CATEGORIES);
  }

  private void addData(List<Block> blocks) {
    blocks.add(new Block.Heading(2, "Data"));
    TrainingSummary training = model.training();
    String rows =
        training == null
            ? "How many rows it was trained on is not known."
            : "Trained on %d rows, validated on %d."
                .formatted(training.trainingRows(), training.validationRows());
    String kept =
        data == null
            ? " The data set is no longer kept, so that missing values and rows of each class are not"
                + " counted here."
            : " The data set '%s' has %d rows.".formatted(data.name(), data.rows());
    blocks.add(new Block.Text(rows + kept));
    List<FeatureEncoder> features = model.preprocessor().features();
    blocks.add(
        new Block.Table(
            List.of("feature", "type", "in training", "missing in the data set", "stand-in"),
            features.stream().limit(NAMED).map(this::feature).toList()));
    if (features.size() > NAMED) {
      blocks.add(new Block.Text("And %d more features.".formatted(features.size() - NAMED)));
    }
  }

  private List<String> feature(FeatureEncoder feature) {
    String missing =
        data == null
            ? Plain.or(null)
            : data.column(feature.name())
                .map(column -> Integer.toString(column.missing()))
                .orElse(Plain.or(null));
    return switch (feature) {
      case NumberEncoder number ->
          List.of(
              name(number.name()),
              number.type().word(),
              "from %s to %s"
                  .formatted(
                      number.format().text(number.minimum()),
                      number.format().text(number.maximum())),
              missing,
              number.imputed() == null ? Plain.or(null) : Plain.number(number.imputed()));
      case CategoryEncoder category ->
          List.of(
              name(category.name()),
              "category",
              names(category.categories()),
              missing,
              Plain.or(category.imputed()));
    };
  }

  private void addTraining(List<Block> blocks) {
    blocks.add(new Block.Heading(2, "Network and training"));
    NetworkSettings network = Objects.requireNonNull(model.spec().network());
    List<NetworkSettings.Layer> hidden = Objects.requireNonNull(network.hidden());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("parameters", Integer.toString(model.parameters().values().length)));
    rows.add(List.of("inputs", Integer.toString(model.preprocessor().inputs())));
    for (int i = 0; i < hidden.size(); i++) {
      rows.add(List.of("hidden layer " + (i + 1), json.writeValueAsString(hidden.get(i))));
    }
    rows.add(List.of("output", json.writeValueAsString(network.output())));
    addFields(rows, json.valueToTree(model.spec().training()));
    addFields(rows, json.valueToTree(model.spec().preprocessing()));
    blocks.add(new Block.Table(List.of("setting", "value"), rows));
  }

  private static void addFields(List<List<String>> rows, JsonNode settings) {
    settings
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (!value.isNull()) {
                rows.add(
                    List.of(
                        field.getKey(), value.isString() ? value.asString() : value.toString()));
              }
            });
  }

  /// @param training null where there is none of the training rows; so on
  private record Measured(
      @Nullable Double training,
      @Nullable Double validation,
      CrossValidation.@Nullable Spread folds) {}

  private void addMetrics(List<Block> blocks) {
    blocks.add(new Block.Heading(2, "Metrics"));
    JsonNode metrics = json.valueToTree(model.metrics());
    CrossValidation folds = model.crossValidation();
    Map<String, Measured> named = new LinkedHashMap<>();
    metrics
        .propertyNames()
        .forEach(
            property -> {
              String suffix = property.replaceFirst("^(training|validation)", "");
              String metric = suffix.substring(0, 1).toLowerCase(Locale.ROOT) + suffix.substring(1);
              named.put(
                  metric,
                  new Measured(
                      number(metrics, "training" + suffix),
                      number(metrics, "validation" + suffix),
                      folds == null
                          ? null
                          : metric.equals("loss") ? folds.loss() : folds.metrics().get(metric)));
            });
    List<List<String>> rows = new ArrayList<>();
    named.forEach(
        (metric, measured) ->
            rows.add(
                List.of(
                    metric,
                    Plain.number(measured.training()),
                    Plain.number(measured.validation()),
                    measured.folds() == null
                        ? Plain.or(null)
                        : Plain.number(measured.folds().mean())
                            + " ± "
                            + Plain.number(measured.folds().standardDeviation()))));
    String across =
        folds == null ? "cross-validation" : "cross-validation, %d folds".formatted(folds.folds());
    blocks.add(new Block.Table(List.of("metric", "training", "validation", across), rows));
  }

  private static @Nullable Double number(JsonNode metrics, String property) {
    return metrics.has(property) ? metrics.get(property).asDouble() : null;
  }

  private void addCurve(List<Block> blocks) {
    blocks.add(new Block.Heading(2, "Loss curve"));
    TrainingSummary training = model.training();
    if (training == null || training.curve().isEmpty()) {
      blocks.add(new Block.Text("The losses of the epochs were not kept with the model."));
    } else {
      blocks.add(new Block.Curve(training.curve()));
    }
  }

  private void addLineage(List<Block> blocks) {
    Lineage lineage = model.lineage();
    Lineage.Parent parent = lineage.parent();
    blocks.add(new Block.Heading(2, "Lineage"));
    List<List<String>> rows = new ArrayList<>();
    addKnown(rows, "job", lineage.job());
    addKnown(rows, "data set, SHA-256", lineage.datasetSha256());
    addKnown(rows, "validation data set, SHA-256", lineage.validationDatasetSha256());
    if (parent != null) {
      addKnown(
          rows,
          "started from",
          "%s, parameters %s".formatted(parent.inWords(), parent.parametersSha256()));
    }
    addKnown(rows, "seed", lineage.seed());
    addKnown(rows, "epochs", lineage.epochs());
    addKnown(rows, "code version", lineage.codeVersion());
    addKnown(rows, "parameters, SHA-256", lineage.parametersSha256());
    if (lineage.imported() != null) {
      addKnown(rows, "imported from a file, SHA-256", lineage.imported().fileSha256());
    }
    blocks.add(new Block.Table(List.of("what", "value"), rows));
    if (lineage.epochs() == null) {
      return; // nobody knows how it was trained
    }
    blocks.add(
        new Block.Text(
            "To verify it, let the server train it again on the same data and compare the parameters:"));
    blocks.add(
        new Block.Code(
            "curl -X POST -H 'Prefer: wait=60' http://localhost:8080/api/v1/models/%s/versions/%d/verify"
                .formatted(model.name(), model.version())));
  }

  private static void addKnown(List<List<String>> rows, String what, @Nullable Object value) {
    if (value != null) {
      rows.add(List.of(what, value.toString()));
    }
  }
}

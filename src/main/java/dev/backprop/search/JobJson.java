package dev.backprop.search;

import dev.backprop.dataset.intake.DatasetSource;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.JsonBinder;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts values into the JSON of a job and binds it as a request is bound.
@Component
final class JobJson {

  private final JsonMapper json;
  private final JsonBinder binder;

  JobJson(JsonMapper json, JsonBinder binder) {
    this.json = json;
    this.binder = binder;
  }

  /// A job as JSON, what was left out absent.
  ///
  /// @param dataset the id of its data set
  ObjectNode write(JobSpec job, String dataset) {
    ObjectNode tree =
        (ObjectNode) json.<JsonNode>valueToTree(job.withDataset(DatasetSource.ofId(dataset)));
    removeNulls(tree);
    return tree;
  }

  /// Shows a job as it was asked for, what was left out absent.
  static final class Writer extends ValueSerializer<JobSpec> {

    @Override
    public void serialize(JobSpec job, JsonGenerator out, SerializationContext context) {
      JsonNode tree = context.valueToTree(job);
      removeNulls(tree);
      context.writeTree(out, tree);
    }
  }

  private static void removeNulls(JsonNode node) {
    switch (node) {
      case ObjectNode object -> {
        List<String> absent =
            object
                .propertyStream()
                .filter(field -> field.getValue().isNull())
                .map(field -> field.getKey())
                .toList();
        object.remove(absent);
        object.forEach(JobJson::removeNulls);
      }
      case ArrayNode array -> array.forEach(JobJson::removeNulls);
      default -> {}
    }
  }

  /// The job of a candidate.
  Bound<JobSpec> bind(Space space, ObjectNode job, Candidate candidate) {
    ObjectNode changed = apply(space, job, candidate.point());
    if (candidate.epochs() != null) {
      EPOCHS.set(changed, json.valueToTree(candidate.epochs()));
    }
    return binder.bind(changed, JobSpec.class);
  }

  private static final FieldPointer EPOCHS = new FieldPointer(List.of("training", "epochs"));

  /// The job with the values of a point in their places, a field before what is in it.
  ///
  /// @param job stays as it is
  private ObjectNode apply(Space space, ObjectNode job, Space.Point point) {
    ObjectNode changed = job.deepCopy();
    space.dimensions().stream()
        .sorted(Comparator.comparingInt(dimension -> dimension.field().depth()))
        .forEach(
            dimension -> {
              JsonNode value = json.valueToTree(point.values().get(dimension.key()));
              dimension.field().set(changed, value);
            });
    return changed;
  }
}

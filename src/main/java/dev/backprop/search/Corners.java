package dev.backprop.search;

import dev.backprop.job.Trials;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Checks the jobs at the corners of a space before anything runs: each value of a choice and both
/// ends of a range, the other dimensions at their first corner.
final class Corners {

  private final Trials trials;
  private final JobJson json;
  private final Space space;
  private final Trials.Checked checked;

  /// @param checked the job of the search itself
  Corners(Trials trials, JobJson json, Space space, Trials.Checked checked) {
    this.trials = trials;
    this.json = json;
    this.space = space;
    this.checked = checked;
  }

  /// Adds what is wrong with a corner, in the place of the value that causes it.
  ///
  /// @param job of the search
  /// @return the type of the problem, if there is one
  ProblemType check(JobSpec job, InputErrors errors) {
    ObjectNode tree = json.write(job, checked.dataset().id());
    Map<String, String> places = new LinkedHashMap<>();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Space.Dimension dimension : space.dimensions()) {
      var first = dimension.values().corners().entrySet().iterator().next();
      places.put(dimension.key(), first.getKey());
      values.put(dimension.key(), first.getValue());
    }
    ProblemType type = ProblemType.INVALID_SPECIFICATION;
    Set<InputError> found = new LinkedHashSet<>();
    for (Space.Dimension dimension : space.dimensions()) {
      for (var corner : dimension.values().corners().entrySet()) {
        Map<String, String> itsPlaces = new LinkedHashMap<>(places);
        itsPlaces.put(dimension.key(), corner.getKey());
        Map<String, @Nullable Object> itsValues = new LinkedHashMap<>(values);
        itsValues.put(dimension.key(), corner.getValue());
        ProblemException problem = problem(tree, new Space.Point(itsValues));
        if (problem != null) {
          type = found.isEmpty() ? problem.type() : type;
          found.addAll(placed(problem, dimension, itsPlaces));
        }
      }
    }
    found.forEach(errors::add);
    return type;
  }

  private @Nullable ProblemException problem(ObjectNode tree, Space.Point point) {
    try {
      Candidate corner = new Candidate(1, 0, point, 0, null);
      trials.check(json.bind(space, tree, corner), checked);
      return null;
    } catch (ProblemException e) {
      return e;
    }
  }

  /// The errors of a corner in their places of the request.
  ///
  /// @param varied the dimension that the corner is of
  /// @param places of the values of the corner within their dimensions
  private Set<InputError> placed(
      ProblemException problem, Space.Dimension varied, Map<String, String> places) {
    Set<InputError> placed = new LinkedHashSet<>();
    if (problem.errors().isEmpty()) {
      placed.add(InputError.at(place(varied, places), problem.detail()));
    }
    for (InputError error : problem.errors()) {
      Space.Dimension owner = owner(error);
      if (owner == null) {
        placed.add(InputError.at(place(varied, places), error.detail() + at(error)));
      } else {
        String rest = String.valueOf(error.pointer()).substring(pointer(owner).length());
        placed.add(InputError.at(place(owner, places) + rest, error.detail()));
      }
    }
    return placed;
  }

  private static String at(InputError error) {
    String pointer = error.pointer();
    return pointer == null || pointer.equals("#") ? "" : " (at " + pointer.substring(1) + ")";
  }

  /// The deepest dimension whose value the error is in.
  private Space.@Nullable Dimension owner(InputError error) {
    Space.Dimension owner = null;
    for (Space.Dimension dimension : space.dimensions()) {
      if (JsonErrors.isAtOrBelow(error.pointer(), pointer(dimension))
          && (owner == null || dimension.field().depth() > owner.field().depth())) {
        owner = dimension;
      }
    }
    return owner;
  }

  /// Where the dimension's field is in the job.
  private static String pointer(Space.Dimension dimension) {
    String pointer = "#";
    for (String step : dimension.field().steps()) {
      pointer = JsonErrors.child(pointer, step);
    }
    return pointer;
  }

  private static String place(Space.Dimension dimension, Map<String, String> places) {
    return JsonErrors.child("#/space", dimension.key()) + places.get(dimension.key());
  }
}

package dev.backprop.model;

import dev.backprop.http.EntityTags;
import dev.backprop.problem.EnumNames;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Points aliases at versions that pass their gates.
///
/// A gate may take long to measure, and nothing is locked meanwhile: the alias is changed only if
/// it still is what was measured for, and else it is all done again.
@Component
class Promotion {

  private final ModelRepository models;
  private final Appraiser appraiser;
  private final Clock clock;

  Promotion(ModelRepository models, Appraiser appraiser, Clock clock) {
    this.models = models;
    this.appraiser = appraiser;
    this.clock = clock;
  }

  /// The headers that say for which state of an alias a request is.
  record Conditions(@Nullable List<String> ifMatch, @Nullable List<String> ifNoneMatch) {

    void require(@Nullable Alias present) {
      String tag = present == null ? null : present.entityTag();
      EntityTags.requireMatch(ifMatch, tag);
      EntityTags.requireNoMatch(ifNoneMatch, tag);
    }
  }

  /// What became of an alias.
  ///
  /// @param made whether it was not there before
  record Promoted(Alias alias, boolean made) {}

  /// Makes an alias or points it at another version.
  ///
  /// @param wanted is free of errors of form
  /// @throws ProblemException [ProblemType#NOT_FOUND] if there is no such model,
  ///   [ProblemType#INVALID_SPECIFICATION] if it has no such version,
  ///   [ProblemType#PRECONDITION_FAILED], [ProblemType#GATE_NOT_PASSED], and what
  ///   [Appraiser#measure] throws
  Promoted promote(String name, String alias, AliasRequest wanted, Conditions conditions) {
    while (true) {
      Alias seen = models.alias(name, alias).orElse(null);
      conditions.require(seen);
      Model model = model(name, Objects.requireNonNull(wanted.version()));
      Gate gate = wanted.gate() != null || seen == null ? wanted.gate() : seen.gate();
      if (gate != null) {
        requirePass(model, gate);
      }
      AliasChange change = new AliasChange(name, alias, model.version(), gate);
      Optional<Alias> set = models.setAlias(change, seen, clock.instant());
      if (set.isPresent()) {
        return new Promoted(set.get(), seen == null);
      }
    }
  }

  private Model model(String name, int version) {
    Model newest =
        models
            .newest(name)
            .orElseThrow(() -> ProblemException.notFound("model", JsonErrors.shorten(name)));
    return models
        .find(name, version)
        .orElseThrow(
            () -> {
              InputErrors errors = new InputErrors();
              errors.add(
                  "#/version",
                  "model '%s' has no version %d; its newest is %d"
                      .formatted(name, version, newest.version()));
              return errors.toProblem(ProblemType.INVALID_SPECIFICATION);
            });
  }

  private void requirePass(Model model, Gate gate) {
    double measured = appraiser.measure(model, gate);
    if (!gate.passes(measured)) {
      throw new ProblemException(
          ProblemType.GATE_NOT_PASSED,
          "The %s of version %d is %s; the gate demands %s."
              .formatted(
                  EnumNames.of(Objects.requireNonNull(gate.metric())),
                  model.version(),
                  measured,
                  gate.describe()));
    }
  }

  /// An alias.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND]
  Alias require(String name, String alias) {
    return models
        .alias(name, alias)
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    "model", JsonErrors.shorten(name) + " alias " + JsonErrors.shorten(alias)));
  }

  /// Takes the gate from an alias.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND], also if there is no gate,
  ///   [ProblemType#PRECONDITION_FAILED]
  void open(String name, String alias, Conditions conditions) {
    Alias seen;
    do {
      seen = require(name, alias);
      conditions.require(seen);
      if (seen.gate() == null) {
        throw ProblemException.notFound("gate of alias", alias);
      }
    } while (models
        .setAlias(new AliasChange(name, alias, seen.version(), null), seen, clock.instant())
        .isEmpty());
  }

  /// Removes an alias.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND], [ProblemType#PRECONDITION_FAILED]
  void delete(String name, String alias, Conditions conditions) {
    Alias seen;
    do {
      seen = require(name, alias);
      conditions.require(seen);
    } while (!models.deleteAlias(name, seen));
  }
}

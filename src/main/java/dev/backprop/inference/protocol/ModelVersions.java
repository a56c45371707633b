package dev.backprop.inference.protocol;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.model.Model;
import dev.backprop.model.ModelRepository;
import dev.backprop.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Finds models by the names and versions of the Open Inference Protocol, whose lists have no
/// pages.
@Component
class ModelVersions {

  private static final int PAGE = 100;

  private final ModelRepository models;

  ModelVersions(ModelRepository models) {
    this.models = models;
  }

  /// The version by its number or an alias; without one, what the name alone means.
  ///
  /// @throws ProblemException if there is none
  Model require(String name, @Nullable String version) {
    return version == null ? models.require(name) : models.require(name, version);
  }

  /// All versions under a name, newest first.
  List<Model> of(String name) {
    return all(page -> models.versions(name, page));
  }

  /// All versions of all models.
  List<Model> all() {
    return all(models::list).stream().flatMap(newest -> of(newest.name()).stream()).toList();
  }

  private static List<Model> all(Function<PageRequest, Page<Model>> pages) {
    List<Model> all = new ArrayList<>();
    String after = null;
    do {
      Page<Model> page = pages.apply(new PageRequest(PAGE, after));
      all.addAll(page.data());
      after = page.next();
    } while (after != null);
    return all;
  }
}

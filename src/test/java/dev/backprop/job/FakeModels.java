package dev.backprop.job;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.model.Alias;
import dev.backprop.model.AliasChange;
import dev.backprop.model.Model;
import dev.backprop.model.ModelRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Keeps models in a list; their versions count through all names.
final class FakeModels implements ModelRepository {

  private final List<Model> kept = new ArrayList<>();
  private boolean broken;

  @Override
  public synchronized Model add(String name, IntFunction<Model> model) {
    Model made = model.apply(kept.size() + 1);
    kept.add(made);
    return made;
  }

  @Override
  public Optional<Model> find(String name) {
    return newest(name);
  }

  @Override
  public Optional<Model> find(String name, String alias) {
    return Optional.empty();
  }

  @Override
  public List<Alias> aliases(String name) {
    return List.of();
  }

  @Override
  public Optional<Alias> alias(String name, String alias) {
    return Optional.empty();
  }

  @Override
  public Optional<Alias> setAlias(AliasChange change, @Nullable Alias seen, Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean deleteAlias(String name, Alias seen) {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized Optional<Model> newest(String name) {
    return kept.reversed().stream().filter(model -> model.name().equals(name)).findFirst();
  }

  @Override
  public synchronized Optional<Model> find(String name, int version) {
    return kept.stream()
        .filter(model -> model.name().equals(name) && model.version() == version)
        .findFirst();
  }

  @Override
  public synchronized Page<Model> list(PageRequest request) {
    return new Page<>(kept, null);
  }

  @Override
  public Page<Model> versions(String name, PageRequest request) {
    return list(request);
  }

  @Override
  public synchronized boolean delete(String name, int version) {
    return kept.removeIf(model -> model.version() == version);
  }

  @Override
  public synchronized long bytes() {
    if (broken) {
      throw new IllegalStateException("broken");
    }
    return kept.stream().mapToLong(Model::bytes).sum();
  }

  /// Fails from now on when it is asked for its size.
  synchronized void breakDown() {
    broken = true;
  }

  synchronized int size() {
    return kept.size();
  }
}

package dev.backprop.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Collects all that is wrong with one request, so that it comes back in one reply.
public final class InputErrors {

  /// More than this many errors help nobody; the reply says how many were left out.
  public static final int LIMIT = 50;

  private final List<InputError> errors = new ArrayList<>();
  private int total;

  /// Adds an error; beyond [#LIMIT] it is counted only.
  public void add(InputError error) {
    add(() -> error);
  }

  /// Adds an error that is made only if it is kept; beyond [#LIMIT] it is counted only.
  public void add(Supplier<InputError> error) {
    total++;
    if (errors.size() < LIMIT) {
      errors.add(error.get());
    }
  }

  /// Adds an error at a JSON Pointer with its leading `#`.
  public void add(String pointer, String detail) {
    add(InputError.at(pointer, detail));
  }

  /// Adds all of them.
  public void addAll(List<InputError> more) {
    more.forEach(this::add);
  }

  /// Whether nothing is wrong.
  public boolean isEmpty() {
    return total == 0;
  }

  /// The errors collected, at most [#LIMIT].
  public List<InputError> toList() {
    return List.copyOf(errors);
  }

  /// How many were added, those over the limit included.
  public int total() {
    return total;
  }

  /// Ends the request with what was collected, if anything was.
  ///
  /// @throws ProblemException of the type, if there is an error
  public void throwIfAny(ProblemType type) {
    if (total > 0) {
      throw toProblem(type);
    }
  }

  /// The problem that ends the request with what was collected.
  public ProblemException toProblem(ProblemType type) {
    return new ProblemException(type, summary(), toList());
  }

  private String summary() {
    if (total == 1) {
      return errors.getFirst().detail();
    }
    return total <= LIMIT
        ? total + " errors, each with its place"
        : total + " errors, the first " + LIMIT + " with their places";
  }
}

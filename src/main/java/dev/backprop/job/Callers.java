package dev.backprop.job;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/// Who may submit jobs.
public interface Callers {

  /// Who sends no key, where none is needed.
  String ANONYMOUS = "anonymous";

  /// How many there are, at least 1; all without a key are one.
  int count();

  /// What jobs know of their caller.
  ///
  /// @param principal null for one without a key
  static String name(@Nullable Principal principal) {
    return principal == null ? ANONYMOUS : principal.getName();
  }
}

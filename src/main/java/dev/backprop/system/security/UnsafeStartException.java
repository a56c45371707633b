package dev.backprop.system.security;

/// The server would be less protected than its operator can have meant.
final class UnsafeStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  UnsafeStartException(String reason, String remedy) {
    super(reason);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}

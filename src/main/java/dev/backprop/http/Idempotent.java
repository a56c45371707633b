package dev.backprop.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a controller's method that creates something and takes an [#HEADER]: the same request with
/// the same key creates it once and gets the first reply again. The method knows nothing of it.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Idempotent {

  /// The header of draft-ietf-httpapi-idempotency-key-header-07.
  String HEADER = "Idempotency-Key";
}

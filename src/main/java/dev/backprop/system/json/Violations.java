package dev.backprop.system.json;

import dev.backprop.problem.InputError;
import dev.backprop.problem.JsonErrors;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks what was bound against the bounds on its records, and names the places as the caller
/// wrote them.
final class Violations {

  private final Validator validator;

  Violations(Validator validator) {
    this.validator = validator;
  }

  /// What is out of bounds, except where the form is wrong already.
  List<InputError> of(Object value, List<InputError> formErrors) {
    return validator.validate(value).stream()
        .filter(violation -> !follows(violation, formErrors))
        .map(violation -> InputError.at(pointer(violation), detail(violation)))
        .sorted(Comparator.comparing(InputError::pointer, Comparator.nullsFirst(String::compareTo)))
        .toList();
  }

  /// Whether the value is wrong only because some of it could not be read.
  private static boolean follows(ConstraintViolation<?> violation, List<InputError> formErrors) {
    String place = pointer(violation);
    return formErrors.stream()
        .map(InputError::pointer)
        .anyMatch(
            wrong ->
                wrong != null
                    && (JsonErrors.isAtOrBelow(place, wrong)
                        || JsonErrors.isAtOrBelow(wrong, place)));
  }

  private static String detail(ConstraintViolation<?> violation) {
    Object value = violation.getInvalidValue();
    boolean shown = value instanceof Number || value instanceof CharSequence;
    return violation.getMessage()
        + (shown ? ", got " + JsonErrors.shorten(String.valueOf(value)) : "");
  }

  /// `hidden[0].units` is `#/hidden/0/units`. A rule across fields points at their record.
  private static String pointer(ConstraintViolation<?> violation) {
    StringBuilder pointer = new StringBuilder("#");
    Iterator<Path.Node> nodes = violation.getPropertyPath().iterator();
    while (nodes.hasNext()) {
      Path.Node node = nodes.next();
      if (node.isInIterable()) {
        Object step = node.getIndex() != null ? node.getIndex() : node.getKey();
        append(pointer, String.valueOf(step));
      }
      boolean rule = !nodes.hasNext() && isRule(node, violation.getLeafBean());
      if (node.getKind() == ElementKind.PROPERTY && !rule) {
        append(pointer, node.getName());
      }
    }
    return pointer.toString();
  }

  private static void append(StringBuilder pointer, String step) {
    String whole = JsonErrors.child(pointer.toString(), step);
    pointer.setLength(0);
    pointer.append(whole);
  }

  /// Whether the node is a method of the record, such as an `@AssertTrue`, and not a field.
  private static boolean isRule(Path.Node node, @Nullable Object bean) {
    return bean != null
        && bean.getClass().isRecord()
        && Arrays.stream(bean.getClass().getRecordComponents())
            .noneMatch(component -> component.getName().equals(node.getName()));
  }
}

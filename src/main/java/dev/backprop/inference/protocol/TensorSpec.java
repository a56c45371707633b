package dev.backprop.inference.protocol;

import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An input as the JSON describes it, checked, its elements perhaps still to be read.
///
/// @param size bytes of its elements after the JSON, or -1 where they are in `data`
record TensorSpec(
    String name, Datatype datatype, int rows, int columns, long size, @Nullable TensorData data) {

  private static final String SIZE = "binary_data_size";

  /// Checks an input against the shape that the model takes.
  ///
  /// @param pointer of the input
  /// @param columns that the model takes
  /// @param binary whether bytes may follow the JSON
  /// @return null with errors
  static @Nullable TensorSpec of(
      InferRequest.Input input,
      String pointer,
      int columns,
      int maxRows,
      boolean binary,
      InputErrors errors) {
    int before = errors.total();
    Datatype type = datatype(input.datatype(), pointer, errors);
    long[] shape = input.shape();
    int rows = rows(shape, pointer, columns, maxRows, errors);
    long size = size(input.parameters(), pointer, errors);
    if (type == null || shape == null || errors.total() > before) {
      return null;
    }
    if (size >= 0 == (input.data() != null)) {
      errors.add(
          pointer,
          size >= 0
              ? "data and parameters.binary_data_size are given; leave one of the two out"
              : "data is required, or parameters.binary_data_size with the bytes after the JSON");
    } else if (size >= 0 && !binary) {
      errors.add(
          pointer + "/parameters/" + SIZE,
          "the request lacks the header " + InferHeaders.JSON_LENGTH);
    } else if (size >= 0) {
      checkSize(type, (long) rows * columns, size, pointer, errors);
    } else {
      String problem = input.data() == null ? null : input.data().problem(type, shape);
      if (problem != null) {
        errors.add(pointer + "/data", problem);
      }
    }
    return errors.total() > before
        ? null
        : new TensorSpec(String.valueOf(input.name()), type, rows, columns, size, input.data());
  }

  private static @Nullable Datatype datatype(
      @Nullable String name, String pointer, InputErrors errors) {
    if (name == null) {
      errors.add(pointer + "/datatype", "is required; one of: " + Datatype.names());
      return null;
    }
    Datatype type = Datatype.ofName(name).orElse(null);
    if (type == null) {
      errors.add(
          pointer + "/datatype",
          "there is no datatype '%s'; it is one of: %s"
              .formatted(JsonErrors.shorten(name), Datatype.names()));
    }
    return type;
  }

  /// The first dimension, 0 with errors.
  private static int rows(
      long @Nullable [] shape, String pointer, int columns, int maxRows, InputErrors errors) {
    String place = pointer + "/shape";
    if (shape == null) {
      errors.add(place, "is required, such as [1, %d]".formatted(columns));
      return 0;
    }
    boolean fits = shape.length == 2 ? shape[1] == columns : shape.length == 1 && columns == 1;
    if (!fits || shape[0] < 0) {
      errors.add(
          place,
          "the shape is %s; the model takes [-1, %d]"
              .formatted(
                  shape.length > 4 ? shape.length + " dimensions" : Arrays.toString(shape),
                  columns));
      return 0;
    }
    if (shape[0] == 0) {
      errors.add(place, "there are no rows");
    } else if (shape[0] > maxRows) {
      errors.add(
          place,
          "%d rows; the limit of backprop.inference.max-rows is %d".formatted(shape[0], maxRows));
    }
    return (int) Math.min(shape[0], maxRows);
  }

  private static long size(
      @Nullable Map<String, @Nullable Object> parameters, String pointer, InputErrors errors) {
    if (parameters == null || !parameters.containsKey(SIZE)) {
      return -1;
    }
    Object given = parameters.get(SIZE);
    long size =
        given instanceof Integer || given instanceof Long ? ((Number) given).longValue() : -1;
    if (size < 0) {
      errors.add(
          pointer + "/parameters/" + SIZE,
          "a whole number of bytes is expected, not " + JsonErrors.shorten(String.valueOf(given)));
    }
    return size;
  }

  private static void checkSize(
      Datatype type, long elements, long size, String pointer, InputErrors errors) {
    String place = pointer + "/parameters/" + SIZE;
    if (type == Datatype.BYTES) {
      if (size < Integer.BYTES * elements) {
        errors.add(
            place,
            "%d texts have %d bytes at least, 4 of length each, not %d"
                .formatted(elements, Integer.BYTES * elements, size));
      }
    } else if (size != type.bytes() * elements) {
      errors.add(
          place,
          "%d elements of %s have %d bytes, not %d"
              .formatted(elements, type, type.bytes() * elements, size));
    }
  }
}

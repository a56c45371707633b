package dev.backprop.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Names of enum constants for callers, in JSON and in query parameters: `MEAN_SQUARED_ERROR` is
/// `meanSquaredError` there, unless a `@JsonProperty` says otherwise.
public final class EnumNames {

  private EnumNames() {}

  /// The constants by their names in JSON, in their order.
  public static <E extends Enum<E>> Map<String, E> byName(Class<E> type) {
    Map<String, E> names = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      names.put(of(constant), constant);
    }
    return names;
  }

  /// The name of a constant in JSON.
  public static String of(Enum<?> constant) {
    try {
      var property =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      return property == null ? lowerCamel(constant.name()) : property.value();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private static String lowerCamel(String name) {
    StringBuilder camel = new StringBuilder(name.length());
    for (String word : name.toLowerCase(Locale.ROOT).split("_", 0)) {
      if (camel.isEmpty() || word.isEmpty()) {
        camel.append(word);
      } else {
        camel.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
      }
    }
    return camel.toString();
  }
}

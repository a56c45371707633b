package dev.backprop.model.spec;

import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.Suggestions;
import dev.backprop.problem.Variants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/// Reads a choice by its name, `"leakyRelu"`, or as an object, `{"type": "leakyRelu", "slope":
/// 0.1}`, and reports all that is wrong with it in one go.
///
/// @param <T> the kind
abstract class ChoiceReader<T> extends StdDeserializer<T> {

  private static final String TYPE = "type";

  private final transient Map<String, Choice<T>> choices = new LinkedHashMap<>();
  private final transient Function<T, Choice<T>> choice;

  /// A reader of these.
  ///
  /// @param all things of the kind, with default numbers
  /// @param choice what a thing is in JSON
  ChoiceReader(Class<T> kind, List<T> all, Function<T, Choice<T>> choice) {
    super(kind);
    this.choice = choice;
    all.stream().map(choice).forEach(one -> choices.put(one.name(), one));
  }

  @Override
  public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.hasToken(JsonToken.VALUE_STRING)) {
      Choice<T> named = named(JsonErrors.pointer(parser, context), parser, context);
      return named == null ? null : named.value();
    }
    if (parser.hasToken(JsonToken.START_OBJECT)) {
      return readObject(parser, context);
    }
    String met = JsonErrors.describe(parser);
    JsonErrors.report(
        parser,
        context,
        "expected a name, or an object with a 'type', got %s; the names are %s"
            .formatted(met, String.join(", ", choices.keySet())));
    return null;
  }

  /// The choice that the string at the parser names.
  ///
  /// @param pointer the place of the choice, whose last word says what is chosen
  private @Nullable Choice<T> named(
      String pointer, JsonParser parser, DeserializationContext context) {
    Choice<T> named = choices.get(parser.getString());
    if (named == null) {
      JsonErrors.report(
          parser, context, Variants.unknown(pointer, parser.getString(), choices.keySet()));
    }
    return named;
  }

  /// The type may stand behind its numbers, so that all fields are read before they are judged.
  private @Nullable T readObject(JsonParser parser, DeserializationContext context) {
    String pointer = JsonErrors.pointer(parser, context);
    Choice<T> named = null;
    boolean typed = false;
    Map<String, @Nullable Double> numbers = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      if (field.equals(TYPE)) {
        typed = true;
        named = type(pointer, parser, context);
      } else {
        numbers.put(field, number(field, parser, context));
      }
    }
    if (!typed) {
      String all = String.join(", ", choices.keySet());
      report(parser, context, pointer, TYPE, "is required; one of: " + all);
    }
    return named == null ? null : complete(named, numbers, pointer, parser, context);
  }

  private @Nullable Choice<T> type(
      String pointer, JsonParser parser, DeserializationContext context) {
    if (parser.hasToken(JsonToken.VALUE_STRING)) {
      return named(pointer, parser, context);
    }
    String met = JsonErrors.describe(parser);
    JsonErrors.report(
        parser, context, "expected one of " + String.join(", ", choices.keySet()) + ", got " + met);
    return null;
  }

  /// The number at the parser; absent where it is none, which is an error if a choice has the
  /// field.
  private @Nullable Double number(String field, JsonParser parser, DeserializationContext context) {
    boolean known = choices.values().stream().anyMatch(one -> one.fields().contains(field));
    if (known && !parser.hasToken(JsonToken.VALUE_NULL)) {
      return context.readValue(parser, Double.class);
    }
    parser.skipChildren();
    return null;
  }

  private @Nullable T complete(
      Choice<T> named,
      Map<String, @Nullable Double> numbers,
      String pointer,
      JsonParser parser,
      DeserializationContext context) {
    T value = named.value();
    for (Map.Entry<String, @Nullable Double> number : numbers.entrySet()) {
      String field = number.getKey();
      Choice.Setting<T> setting = choice.apply(value).number(field).orElse(null);
      if (setting == null) {
        String detail = Suggestions.unknownField(field, named.fields());
        report(parser, context, pointer, field, detail);
      } else if (number.getValue() != null) {
        try {
          value = setting.with().apply(number.getValue());
        } catch (IllegalArgumentException e) {
          report(parser, context, pointer, field, String.valueOf(e.getMessage()));
        }
      }
    }
    return value;
  }

  private static void report(
      JsonParser parser,
      DeserializationContext context,
      String pointer,
      String field,
      String detail) {
    JsonErrors.report(parser, context, JsonErrors.child(pointer, field), detail);
  }
}

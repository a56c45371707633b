package dev.backprop.system.json;

import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.JsonObjectFrame;
import dev.backprop.problem.Suggestions;
import dev.backprop.problem.Variants;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.jsontype.TypeIdResolver;

/// Turns what Jackson finds wrong with the form of a body into errors with places, and lets it go
/// on. Jackson's own collector keeps the partly bound value to itself and speaks of Java classes.
final class CollectingHandler extends DeserializationProblemHandler {

  @Override
  public boolean handleUnknownProperty(
      DeserializationContext context,
      JsonParser parser,
      @Nullable ValueDeserializer<?> deserializer,
      Object beanOrClass,
      String name) {
    Collection<Object> known = deserializer == null ? null : deserializer.getKnownPropertyNames();
    List<String> fields =
        known == null ? List.of() : known.stream().map(Object::toString).sorted().toList();
    String detail = Suggestions.unknownField(name, fields);
    JsonErrors.report(parser, context, JsonErrors.child(place(context), name), detail);
    parser.skipChildren();
    return true;
  }

  @Override
  public @Nullable Object handleUnexpectedToken(
      DeserializationContext context,
      JavaType type,
      JsonToken token,
      JsonParser parser,
      @Nullable String message) {
    String met = JsonErrors.describe(parser);
    JsonErrors.report(parser, context, "expected " + words(type) + ", got " + met);
    return null;
  }

  @Override
  public @Nullable Object handleWeirdStringValue(
      DeserializationContext context, Class<?> type, String value, String message) {
    String words = words(context.constructType(type));
    JsonErrors.report(
        context.getParser(),
        context,
        current(context),
        "expected " + words + ", got the string \"" + JsonErrors.shorten(value) + "\"");
    return null;
  }

  @Override
  public @Nullable Object handleInstantiationProblem(
      DeserializationContext context, Class<?> type, @Nullable Object argument, Throwable cause) {
    String place = place(context);
    JsonErrors errors = JsonErrors.of(context);
    if (errors != null && errors.anyBelow(place)) {
      return null; // it was made from what could not be read
    }
    Throwable root = cause;
    while (root instanceof DatabindException && root.getCause() != null) {
      root = root.getCause();
    }
    return switch (root) {
      case IllegalArgumentException e -> reported(context, place, String.valueOf(e.getMessage()));
      case NullPointerException _ ->
          reported(context, place, "a value that is needed here is missing or null");
      default -> NOT_HANDLED;
    };
  }

  @Override
  public JavaType handleUnknownTypeId(
      DeserializationContext context,
      JavaType base,
      String id,
      TypeIdResolver resolver,
      String message) {
    String place = place(context);
    reported(context, typePlace(context), Variants.unknown(place, id, ids(resolver)));
    return context.constructType(Void.class);
  }

  @Override
  public JavaType handleMissingTypeId(
      DeserializationContext context, JavaType base, TypeIdResolver resolver, String message) {
    String one = String.join(", ", ids(resolver));
    reported(context, typePlace(context), "is required; one of: " + one);
    return context.constructType(Void.class);
  }

  private static @Nullable Object reported(
      DeserializationContext context, String place, String detail) {
    JsonErrors.report(context.getParser(), context, place, detail);
    return null;
  }

  /// The place of the innermost object.
  private static String place(DeserializationContext context) {
    JsonObjectFrame object = innermost(context);
    return object == null ? current(context) : object.pointer();
  }

  private static String typePlace(DeserializationContext context) {
    JsonObjectFrame object = innermost(context);
    String field = object == null ? null : object.typeField();
    return object == null || field == null
        ? current(context)
        : JsonErrors.child(object.pointer(), field);
  }

  /// The place of the value that is being read.
  private static String current(DeserializationContext context) {
    JsonObjectFrame object = innermost(context);
    JsonParser parser = object == null ? context.getParser() : object.parser();
    return parser == null ? "#" : JsonErrors.pointer(parser, context);
  }

  private static @Nullable JsonObjectFrame innermost(DeserializationContext context) {
    JsonErrors errors = JsonErrors.of(context);
    return errors == null ? null : errors.innermost();
  }

  /// Jackson gives the ids as one text, `[adam, sgd]`.
  private static List<String> ids(TypeIdResolver resolver) {
    String ids = resolver.getDescForKnownTypeIds();
    return ids == null || ids.length() < 2
        ? List.of()
        : Arrays.asList(ids.substring(1, ids.length() - 1).split(", ", -1));
  }

  static String words(JavaType type) {
    if (type.isArrayType() || type.isCollectionLikeType()) {
      return "an array";
    }
    if (type.isMapLikeType() || type.isRecordType() || type.isAbstract()) {
      return "an object";
    }
    return switch (type.getRawClass().getSimpleName()) {
      case "Instant", "OffsetDateTime" -> "a time such as \"2026-01-31T12:00:00Z\"";
      case "Duration" -> "a duration such as \"PT1M30S\"";
      default -> "another kind of value";
    };
  }
}

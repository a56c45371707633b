package dev.backprop.system.json;

import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.JsonObjectFrame;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;

/// Binds a record or one of several, keeping account of where in the body it is.
///
/// Jackson reads some fields from a buffer, where the parser of the request is no longer at the
/// place that is being bound; the frames noted here still know it.
final class StrictObject extends DelegatingDeserializer {

  StrictObject(ValueDeserializer<?> binder) {
    super(binder);
  }

  @Override
  protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> binder) {
    return new StrictObject(binder);
  }

  @Override
  public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
    JsonToken token = parser.currentToken();
    boolean object =
        token == JsonToken.START_OBJECT
            || token == JsonToken.PROPERTY_NAME
            || token == JsonToken.END_OBJECT;
    if (!object && takesObjectsOnly()) {
      String met = JsonErrors.describe(parser);
      JsonErrors.report(parser, context, "expected an object, got " + met);
      return null;
    }
    return within(parser, context, null, () -> super.deserialize(parser, context));
  }

  @Override
  public @Nullable Object deserializeWithType(
      JsonParser parser, DeserializationContext context, TypeDeserializer types) {
    String typeField = types.getPropertyName();
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      String met = JsonErrors.describe(parser);
      JsonErrors.report(
          parser, context, "expected an object with a '" + typeField + "', got " + met);
      return null;
    }
    return within(
        parser, context, typeField, () -> super.deserializeWithType(parser, context, types));
  }

  private static @Nullable Object within(
      JsonParser parser,
      DeserializationContext context,
      @Nullable String typeField,
      Supplier<@Nullable Object> binding) {
    JsonErrors errors = JsonErrors.of(context);
    if (errors == null) {
      return binding.get();
    }
    JsonObjectFrame outer = errors.innermost();
    // past the opening brace we are in the object whose type has just been found
    String pointer =
        outer == null || parser.hasToken(JsonToken.START_OBJECT)
            ? JsonErrors.pointer(parser, context)
            : outer.pointer();
    TokenStreamContext fields =
        parser.hasToken(JsonToken.END_OBJECT) ? null : parser.streamReadContext();
    errors.enter(new JsonObjectFrame(pointer, parser, typeField, fields));
    try {
      return binding.get();
    } finally {
      errors.leave();
    }
  }

  private boolean takesObjectsOnly() {
    return getDelegatee() instanceof ValueInstantiator.Gettable binder
        && takesObjectsOnly(binder.getValueInstantiator());
  }

  private static boolean takesObjectsOnly(@Nullable ValueInstantiator creator) {
    return creator != null
        && creator.canCreateFromObjectWith()
        && !creator.canCreateUsingDelegate()
        && !creator.canCreateFromString();
  }
}

package dev.backprop.system.json;

import dev.backprop.problem.EnumNames;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.Variants;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/// Reads an enum constant by its name in JSON and lists the names where there is none such.
///
/// @param <E> the enum
final class StrictEnum<E extends Enum<E>> extends StdScalarDeserializer<E> {

  private final transient Map<String, E> constants;

  StrictEnum(Class<E> type) {
    super(type);
    this.constants = EnumNames.byName(type);
  }

  @Override
  public @Nullable E deserialize(JsonParser parser, DeserializationContext context) {
    String all = String.join(", ", constants.keySet());
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      String met = JsonErrors.describe(parser);
      JsonErrors.report(parser, context, "expected one of " + all + ", got " + met);
      return null;
    }
    String name = parser.getString();
    E constant = constants.get(name);
    if (constant == null) {
      JsonErrors.report(
          parser,
          context,
          Variants.unknown(JsonErrors.pointer(parser, context), name, constants.keySet()));
    }
    return constant;
  }
}

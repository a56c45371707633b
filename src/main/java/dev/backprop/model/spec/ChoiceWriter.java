package dev.backprop.model.spec;

import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/// Writes a choice as its name where that says all, else as an object, as [ChoiceReader] reads it.
///
/// @param <T> the kind
abstract class ChoiceWriter<T> extends StdSerializer<T> {

  private final transient Function<T, Choice<T>> choice;

  /// A writer of a kind.
  ///
  /// @param choice what a thing is in JSON
  ChoiceWriter(Class<T> kind, Function<T, Choice<T>> choice) {
    super(kind);
    this.choice = choice;
  }

  @Override
  public void serialize(T value, JsonGenerator out, SerializationContext context) {
    Choice<T> written = choice.apply(value);
    if (written.isDefault()) {
      out.writeString(written.name());
    } else {
      out.writeStartObject();
      out.writeStringProperty("type", written.name());
      written.numbers().forEach(n -> out.writeNumberProperty(n.name(), n.value()));
      out.writeEndObject();
    }
  }
}

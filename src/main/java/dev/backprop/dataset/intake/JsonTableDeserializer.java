package dev.backprop.dataset.intake;

import dev.backprop.dataset.DatasetProperties;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/// Reads tables from JSON as a stream, with the limits of the server. A mapper that does not know
/// Spring takes the default limits.
abstract sealed class JsonTableDeserializer extends ValueDeserializer<JsonTable> {

  private final DatasetProperties limits;
  private final JsonTableForm form;

  private JsonTableDeserializer(DatasetProperties limits, JsonTableForm form) {
    this.limits = limits;
    this.form = form;
  }

  @Override
  public JsonTable deserialize(JsonParser parser, DeserializationContext context) {
    return new JsonTableReader(parser, limits, form).read();
  }

  static final class Numbers extends JsonTableDeserializer {

    Numbers() {
      this(DatasetProperties.defaults());
    }

    @Autowired
    Numbers(DatasetProperties limits) {
      super(limits, JsonTableForm.NUMBERS);
    }
  }

  static final class Targets extends JsonTableDeserializer {

    Targets() {
      this(DatasetProperties.defaults());
    }

    @Autowired
    Targets(DatasetProperties limits) {
      super(limits, JsonTableForm.TARGETS);
    }
  }

  static final class Rows extends JsonTableDeserializer {

    Rows() {
      this(DatasetProperties.defaults());
    }

    @Autowired
    Rows(DatasetProperties limits) {
      super(limits, JsonTableForm.OBJECTS);
    }
  }
}

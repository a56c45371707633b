package dev.backprop.system.json;

import dev.backprop.problem.EnumNames;
import dev.backprop.system.json.StrictScalar.Kind;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.module.SimpleModule;

/// The strict readers, for Jackson.
final class StrictModule extends SimpleModule {

  private static final long serialVersionUID = 1L;
  private static final String OURS = "dev.backprop.";

  StrictModule() {
    super("strict");
    scalar(int.class, Integer.class, Kind.INT, 0);
    scalar(long.class, Long.class, Kind.LONG, 0L);
    scalar(float.class, Float.class, Kind.FLOAT, 0f);
    scalar(double.class, Double.class, Kind.DOUBLE, 0d);
    scalar(boolean.class, Boolean.class, Kind.BOOLEAN, false);
    addDeserializer(String.class, StrictScalar.boxed(String.class, Kind.STRING));
    addDeserializer(Object.class, new StrictUntyped());
    numbers(int[].class, StrictScalar.primitive(int.class, Kind.INT, 0));
    numbers(long[].class, StrictScalar.primitive(long.class, Kind.LONG, 0L));
    numbers(float[].class, StrictScalar.primitive(float.class, Kind.FLOAT, 0f));
    numbers(double[].class, StrictScalar.primitive(double.class, Kind.DOUBLE, 0d));
  }

  private <T> void scalar(Class<T> primitive, Class<T> boxed, Kind<T> kind, T zero) {
    addDeserializer(primitive, StrictScalar.primitive(primitive, kind, zero));
    addDeserializer(boxed, StrictScalar.boxed(boxed, kind));
  }

  private <A> void numbers(Class<A> type, StrictScalar<?> element) {
    addDeserializer(type, new StrictNumbers<>(type, element));
  }

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    context.addDeserializerModifier(new Modifier());
    context.insertAnnotationIntrospector(new EnumIntrospector());
  }

  private static boolean ours(Class<?> type) {
    return type.getName().startsWith(OURS);
  }

  private static final class Modifier extends ValueDeserializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public ValueDeserializer<?> modifyDeserializer(
        DeserializationConfig config,
        BeanDescription.Supplier description,
        ValueDeserializer<?> deserializer) {
      Class<?> type = description.getBeanClass();
      boolean bound = type.isRecord() || type.isSealed();
      return ours(type) && bound && !type.isEnum() ? new StrictObject(deserializer) : deserializer;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public ValueDeserializer<?> modifyEnumDeserializer(
        DeserializationConfig config,
        JavaType type,
        BeanDescription.Supplier description,
        ValueDeserializer<?> deserializer) {
      Class raw = type.getRawClass();
      return ours(raw) ? new StrictEnum(raw) : deserializer;
    }
  }

  /// Writes the names that [StrictEnum] reads.
  private static final class EnumIntrospector extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
      if (ours(type.getRawType())) {
        for (int i = 0; i < constants.length; i++) {
          names[i] = EnumNames.of(constants[i]);
        }
      }
      return names;
    }
  }
}

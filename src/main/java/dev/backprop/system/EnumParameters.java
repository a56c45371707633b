package dev.backprop.system;

import dev.backprop.problem.EnumNames;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/// Reads choices in query parameters and paths by the names they have in JSON.
final class EnumParameters implements ConverterFactory<String, Enum<?>> {

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public <T extends Enum<?>> Converter<String, T> getConverter(Class<T> type) {
    var constants = EnumNames.byName((Class) type);
    return name -> {
      T constant = (T) constants.get(name);
      if (constant == null) {
        throw new IllegalArgumentException(name);
      }
      return constant;
    };
  }
}

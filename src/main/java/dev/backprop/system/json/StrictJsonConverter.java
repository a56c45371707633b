package dev.backprop.system.json;

import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemType;
import dev.backprop.system.json.StrictBinder.Binding;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.http.converter.SmartHttpMessageConverter;
import org.springframework.stereotype.Component;

/// Reads JSON bodies of bounded length through the [StrictBinder].
@Component
class StrictJsonConverter implements SmartHttpMessageConverter<Object> {

  private static final MediaType ANY_JSON = new MediaType("application", "*+json");

  private final StrictBinder binder;
  private final HttpProperties limits;

  StrictJsonConverter(StrictBinder binder, HttpProperties limits) {
    this.binder = binder;
    this.limits = limits;
  }

  @Override
  public List<MediaType> getSupportedMediaTypes() {
    return List.of(MediaType.APPLICATION_JSON, ANY_JSON);
  }

  @Override
  public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
    Class<?> raw = type.toClass();
    boolean document =
        !CharSequence.class.isAssignableFrom(raw)
            && raw != byte[].class
            && !InputStream.class.isAssignableFrom(raw)
            && !Resource.class.isAssignableFrom(raw);
    return document
        && mediaType != null
        && getSupportedMediaTypes().stream().anyMatch(known -> known.includes(mediaType));
  }

  @Override
  public Object read(
      ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
      throws IOException {
    long length = message.getHeaders().getContentLength();
    if (length > limits.maxJsonBody().toBytes()) {
      throw BoundedInput.tooLarge(length + " bytes", limits.maxJsonBody());
    }
    boolean wantsErrors = type.toClass() == Bound.class;
    ResolvableType target = wantsErrors ? type.getGeneric(0) : type;
    try (InputStream body = new BoundedInput(message.getBody(), limits.maxJsonBody())) {
      Binding bound = binder.bind(body, target.getType());
      if (wantsErrors) {
        return new Bound<>(bound.value(), bound.errors().toList());
      }
      bound.errors().throwIfAny(ProblemType.INVALID_REQUEST);
      return bound.value();
    }
  }

  @Override
  public boolean canWrite(ResolvableType type, Class<?> valueClass, @Nullable MediaType mediaType) {
    return false;
  }

  @Override
  public void write(
      Object value,
      ResolvableType type,
      @Nullable MediaType contentType,
      HttpOutputMessage message,
      @Nullable Map<String, Object> hints) {
    throw new HttpMessageNotWritableException("reads only");
  }
}

package dev.backprop.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriUtils;

/// Part of a list, newest first unless said otherwise.
///
/// @param data at most as many as were asked for
/// @param next cursor to send as `after` for the part that follows, null at the end
/// @param <T> what is listed
public record Page<T>(List<T> data, @Nullable String next) {

  /// Copies the list.
  public Page {
    data = List.copyOf(data);
  }

  /// A page out of up to `limit + 1` items: the one too many tells that there is more.
  ///
  /// @param cursor what to send as `after` to go on behind an item
  public static <T> Page<T> of(List<T> items, int limit, Function<T, String> cursor) {
    if (items.size() <= limit) {
      return new Page<>(items, null);
    }
    List<T> data = items.subList(0, limit);
    return new Page<>(data, cursor.apply(data.getLast()));
  }

  /// The same page of something made from each item.
  public <R> Page<R> map(Function<? super T, ? extends R> view) {
    List<R> views = data.stream().<R>map(view).toList();
    return new Page<>(views, next);
  }

  /// The reply to the current request, with a `Link` to the next page where there is one. The
  /// address is relative, so that no `Host` header can lead a caller elsewhere.
  public ResponseEntity<Page<T>> toResponse() {
    ResponseEntity.BodyBuilder reply = ResponseEntity.ok();
    if (next != null) {
      UriComponents uri =
          ServletUriComponentsBuilder.fromCurrentRequest()
              .replaceQueryParam("after", UriUtils.encode(next, StandardCharsets.UTF_8))
              .build();
      reply.header(
          HttpHeaders.LINK, "<%s?%s>; rel=\"next\"".formatted(uri.getPath(), uri.getQuery()));
    }
    return reply.body(this);
  }
}

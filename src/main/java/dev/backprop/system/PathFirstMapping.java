package dev.backprop.system;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/// Finds the operation of a request, by its path before all else.
///
/// An address with a variable in it Spring would compare with every operation that there is, method
/// and media types first, so that each operation cost every prediction some time. Here operations
/// are looked up by the end of their path, such as `5predict`; and where nothing is found, by the
/// path before the rest.
final class PathFirstMapping extends RequestMappingHandlerMapping {

  private final Set<String> paths = new HashSet<>();

  /// Where Spring looks first: for paths without a variable the path, for others their end.
  @Override
  protected Set<String> getDirectPaths(RequestMappingInfo info) {
    Set<String> direct = super.getDirectPaths(info);
    paths.addAll(direct);
    Set<String> keys = new HashSet<>(direct);
    for (String pattern : info.getPatternValues()) {
      if (!direct.contains(pattern) && isLiteral(pattern.substring(pattern.lastIndexOf('/')))) {
        keys.add(end(pattern));
      }
    }
    return keys;
  }

  private static boolean isLiteral(String segment) {
    return segment.chars().noneMatch(c -> c == '{' || c == '*' || c == '?');
  }

  /// How many segments there are, and the last one.
  private static String end(String path) {
    int slashes = 0;
    for (int i = 0; i < path.length(); i++) {
      slashes += path.charAt(i) == '/' ? 1 : 0;
    }
    return slashes + path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
      throws Exception {
    return super.lookupHandlerMethod(paths.contains(path) ? path : end(path), request);
  }

  @Override
  protected void handleMatch(RequestMappingInfo info, String key, HttpServletRequest request) {
    super.handleMatch(info, ServletRequestPathUtils.getCachedPathValue(request), request);
  }

  @Override
  protected @Nullable RequestMappingInfo getMatchingMapping(
      RequestMappingInfo info, HttpServletRequest request) {
    PathPatternsRequestCondition condition = info.getPathPatternsCondition();
    return condition != null && condition.getMatchingCondition(request) == null
        ? null
        : super.getMatchingMapping(info, request);
  }
}

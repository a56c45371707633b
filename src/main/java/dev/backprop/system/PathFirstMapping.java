package dev.backprop.system;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Finds the operation of a request, by its path before all else.
///
/// An address with a variable in it is compared with every operation that there is, and Spring
/// would compare method and media types first, so that each operation cost every prediction some
/// time.
final class PathFirstMapping extends RequestMappingHandlerMapping {

  @Override
  protected @Nullable RequestMappingInfo getMatchingMapping(
      RequestMappingInfo info, HttpServletRequest request) {
    PathPatternsRequestCondition paths = info.getPathPatternsCondition();
    return paths != null && paths.getMatchingCondition(request) == null
        ? null
        : super.getMatchingMapping(info, request);
  }
}

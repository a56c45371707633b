package dev.backprop.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Answers for errors that arose outside a controller: in a filter or in the servlet container.
@Hidden
@RestController
class ErrorPages implements ErrorController {

  @RequestMapping("${spring.web.error.path:/error}")
  ResponseEntity<Object> error(HttpServletRequest request) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    // a caller who asks for this path by name finds nothing
    int status = code instanceof Integer number ? number : ProblemType.NOT_FOUND.status();
    String instance = path instanceof String uri ? uri : request.getRequestURI();
    ProblemType type = ProblemStatus.type(status);
    Problem problem = Problem.of(type, status, type.explanation(), instance, List.of());
    return ResponseEntity.status(status)
        .contentType(InferenceError.mediaType(problem))
        .body(InferenceError.body(problem));
  }
}

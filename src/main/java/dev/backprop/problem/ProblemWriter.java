package dev.backprop.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Answers with a problem where no controller is involved: in a filter or in front of one.
@Component
public class ProblemWriter {

  private final JsonMapper json;

  ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  /// Writes the problem as the whole response, unless the response is already on its way.
  public void write(
      HttpServletRequest request, HttpServletResponse response, ProblemType type, String detail)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    Problem problem = Problem.of(type, detail, request.getRequestURI());
    response.setStatus(type.status());
    response.setContentType(InferenceError.mediaType(problem).toString());
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    // what is refused at the door has not got the headers of the rest yet
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.getOutputStream().write(json.writeValueAsBytes(InferenceError.body(problem)));
  }
}

package dev.backprop.system;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/// Answers requests that Tomcat gives up on before any of our code sees them, such as a malformed
/// request line, and tells nothing but the status.
///
/// Tomcat makes it by name, which is why it is public.
public final class ProblemValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    boolean ours = status >= 500;
    String body =
        """
        {"type":"/problems/%s","title":"%s","status":%d,"detail":"%s"}"""
            .formatted(
                ours ? "internal" : "invalid-request",
                ours ? "The server made a mistake" : "The request is not valid",
                status,
                ours ? "The server's log has the details." : "This is not a valid HTTP request.");
    response.setContentType("application/problem+json");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    try {
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(body);
        response.finishResponse();
      }
    } catch (IOException _) {
      // the caller has gone
    }
  }
}

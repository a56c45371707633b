package dev.backprop.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Makes a [BackpropException] of every answer that is an error.
public final class BackpropErrors {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private BackpropErrors() {}

  /// For a client that is made by hand.
  public static RestClient.Builder handledBy(RestClient.Builder client) {
    return client.defaultStatusHandler(
        HttpStatusCode::isError, (request, response) -> fail(response));
  }

  /// For the services of a group that `@ImportHttpServices` makes: a bean of the application.
  ///
  /// @param group its name
  public static RestClientHttpServiceGroupConfigurer inGroup(String group) {
    return groups ->
        groups
            .filterByName(group)
            .forEachClient(
                (named, client) -> {
                  handledBy(client);
                });
  }

  private static void fail(ClientHttpResponse response) throws IOException {
    String body = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
    int status = response.getStatusCode().value();
    throw new BackpropException(
        problem(body, status), response.getHeaders().getFirst("Request-Id"));
  }

  /// What stands between the server and its caller answers in other forms.
  private static Problem problem(String body, int status) {
    try {
      Problem problem = JSON.readValue(body, Problem.class);
      if (problem != null && problem.title() != null) {
        return problem;
      }
    } catch (JacksonException e) {
      // as below
    }
    return new Problem("about:blank", "HTTP status " + status, status, null, List.of());
  }
}

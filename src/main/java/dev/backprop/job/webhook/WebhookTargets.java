package dev.backprop.job.webhook;

import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Says which addresses a job may name as its webhook.
@Component
public class WebhookTargets {

  private static final int LONGEST = 2_048;
  private static final String ANY_BELOW = "*.";

  private final WebhookProperties properties;

  WebhookTargets(WebhookProperties properties) {
    this.properties = properties;
  }

  /// Checks an address.
  ///
  /// @param url null for no webhook
  /// @param pointer where it stands in the request
  public void check(@Nullable String url, String pointer, InputErrors errors) {
    if (url == null) {
      return;
    }
    String wrong = wrong(url);
    if (wrong != null) {
      errors.add(pointer, wrong);
    }
  }

  private @Nullable String wrong(String url) {
    if (!properties.enabled()) {
      return "this server calls no webhooks; its operator can name hosts in"
          + " backprop.webhooks.allowed-hosts. Follow the job by its events instead";
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException _) {
      return "'" + JsonErrors.shorten(url) + "' is no URL, such as https://hooks.example.com/jobs";
    }
    if (url.length() > LONGEST) {
      return "has %d characters, at most %d are taken".formatted(url.length(), LONGEST);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean http = properties.allowInternalAddresses() && scheme.equals("http");
    if (!scheme.equals("https") && !http) {
      return "must begin with https://";
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      return "must be of the form https://host/path, without user and fragment";
    }
    if (!isAllowed(uri.getHost(), properties.allowedHosts())) {
      return "the host '%s' is not among those that this server calls; its operator can add it to backprop.webhooks.allowed-hosts"
          .formatted(JsonErrors.shorten(uri.getHost()));
    }
    return null;
  }

  private static boolean isAllowed(String host, List<String> allowed) {
    String name = host.toLowerCase(Locale.ROOT);
    return allowed.stream()
        .map(entry -> entry.toLowerCase(Locale.ROOT))
        .anyMatch(
            entry ->
                entry.startsWith(ANY_BELOW)
                    ? name.endsWith(entry.substring(1))
                    : name.equals(entry));
  }
}

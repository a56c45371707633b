package dev.backprop.job.webhook;

import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.FilteredHostException;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsHttpClientBuilder;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.InetAddressFilter;

/// Calls by HTTP, and trusts the other side in nothing: no redirect is followed, no body is read,
/// the head of the answer is bounded in size and time, and addresses of this machine and its
/// network are refused where the connection is made, so that no name can lead there in the
/// meantime.
final class GuardedWebhookClient implements WebhookClient, AutoCloseable {

  private static final int MAX_LINE = 8_192;
  private static final int MAX_HEADERS = 100;

  private final CloseableHttpClient http;
  private final Duration timeout;
  private final ScheduledExecutorService timer;
  private final InstantSource clock;

  /// @param names finds the addresses of hosts
  /// @param timer ends calls that take too long
  GuardedWebhookClient(
      WebhookProperties properties,
      DnsResolver names,
      ScheduledExecutorService timer,
      InstantSource clock) {
    this.timer = timer;
    this.clock = clock;
    timeout = properties.timeout();
    http =
        new HttpComponentsHttpClientBuilder()
            .withDnsResolver(names)
            .withConnectionManagerCustomizer(
                connections ->
                    connections.setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder().http1Config(head()).build()))
            .withCustomizer(
                client ->
                    client
                        .disableAutomaticRetries()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .disableContentCompression()
                        .setUserAgent("backprop-server"))
            .build(
                HttpClientSettings.defaults()
                    .withRedirects(HttpRedirects.DONT_FOLLOW)
                    .withTimeouts(timeout, timeout)
                    .withInetAddressFilter(
                        properties.allowInternalAddresses()
                            ? InetAddressFilter.all()
                            : InetAddressFilter.externalAddresses()));
  }

  private static Http1Config head() {
    return Http1Config.custom().setMaxLineLength(MAX_LINE).setMaxHeaderCount(MAX_HEADERS).build();
  }

  @Override
  public Answer post(URI target, Map<String, String> headers, String body) throws IOException {
    HttpPost request = new HttpPost(target);
    headers.forEach(request::setHeader);
    request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    ScheduledFuture<?> end =
        timer.schedule(() -> request.cancel(), timeout.toMillis(), TimeUnit.MILLISECONDS);
    try {
      ClassicHttpResponse response = http.executeOpen(null, request, null);
      Header retryAfter = response.getFirstHeader("Retry-After");
      return new Answer(
          response.getCode(), retryAfter == null ? null : delay(retryAfter.getValue()));
    } catch (FilteredHostException e) {
      throw new IOException("the host has no address that may be called", e);
    } finally {
      end.cancel(false);
      request.cancel(); // ends the connection, and with it a body that nobody reads
    }
  }

  /// Seconds, or a date; null where it is neither.
  private @Nullable Duration delay(String retryAfter) {
    try {
      if (retryAfter.matches("\\d{1,9}")) {
        return Duration.ofSeconds(Long.parseLong(retryAfter));
      }
      ZonedDateTime date = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration delay = Duration.between(clock.instant(), date.toInstant());
      return delay.isNegative() ? Duration.ZERO : delay;
    } catch (DateTimeException _) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}

package dev.backprop.system.security;

import dev.backprop.job.Callers;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/// Keys for callers, a list of host names, and headers that keep browsers from helping an attacker.
/// There are no sessions and no cookies, so there is nothing that a foreign page could ride on.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  // Swagger UI sets styles on its elements and has its icons in data: addresses
  private static final String CONTENT =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  @Bean
  SecurityFilterChain security(
      HttpSecurity http, SecurityProperties properties, AuthenticationEntryPoint noKey)
      throws Exception {
    if (properties.hasKeys()) {
      ApiKeys keys = new ApiKeys(properties.apiKeys());
      http.addFilterBefore(new CallerFilter(keys), AnonymousAuthenticationFilter.class);
      http.authorizeHttpRequests(
          requests ->
              requests
                  .dispatcherTypeMatchers(DispatcherType.ERROR)
                  .permitAll()
                  .requestMatchers("/actuator/health/**", "/v2/health/*")
                  .permitAll()
                  .requestMatchers("/api/**", "/v2/**", "/actuator/**")
                  .access(keys)
                  .anyRequest()
                  .permitAll());
    } else {
      http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
    }
    return http.csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .exceptionHandling(handling -> handling.authenticationEntryPoint(noKey))
        .headers(SecurityConfiguration::headers)
        .build();
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
        // Spring's own forbids to keep anything, and with it the use of an ETag
        .cacheControl(HeadersConfigurer.CacheControlConfig::disable)
        .addHeaderWriter(
            (_, response) -> {
              if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)) {
                response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
              }
            });
  }

  /// Nothing is asked of the time that each filter takes, and measuring it costs every request more
  /// than the filters do.
  @Bean
  SecurityObservationSettings unobserved() {
    return SecurityObservationSettings.noObservations();
  }

  /// As many as there are different keys.
  @Bean
  Callers callers(SecurityProperties properties) {
    int keys = (int) properties.apiKeys().stream().map(String::strip).distinct().count();
    return () -> Math.max(1, keys);
  }

  @Bean
  AuthenticationEntryPoint noKey(ProblemWriter problems) {
    return (request, response, _) -> {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      problems.write(
          request,
          response,
          ProblemType.UNAUTHORIZED,
          "Send `Authorization: Bearer <key>` with one of the server's keys.");
    };
  }

  @Bean
  HttpFirewall firewall(SecurityProperties properties) {
    return new HostFirewall(properties.allowedHosts());
  }

  @Bean
  RequestRejectedHandler rejected(ProblemWriter problems) {
    return (request, response, rejection) -> {
      boolean host = rejection instanceof HostNotAllowedException;
      String message = rejection.getMessage();
      problems.write(
          request,
          response,
          host ? ProblemType.HOST_NOT_ALLOWED : ProblemType.INVALID_REQUEST,
          host && message != null
              ? message
              : "The address or a header has characters that are not taken, such as //, ; or %2f.");
    };
  }
}

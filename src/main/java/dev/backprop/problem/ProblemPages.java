package dev.backprop.problem;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/// Serves the pages that the `type` of a problem leads to, for people and for programs.
@Hidden
@RestController
class ProblemPages {

  @GetMapping("/problems")
  ResponseEntity<?> list(
      @RequestHeader(name = "Accept", required = false) @Nullable String accept) {
    List<Page> pages = Arrays.stream(ProblemType.values()).map(Page::of).toList();
    if (prefersJson(accept)) {
      return json(pages);
    }
    String items =
        pages.stream()
            .map(
                page ->
                    "<li><span class=\"status\">%d</span><a href=\"%s\">%s</a></li>\n"
                        .formatted(page.status(), page.type(), text(page.title())))
            .collect(Collectors.joining());
    return html(
        "Problems",
        "<h1>Problems</h1>\n<p>What an error's <code>type</code> may be.</p>\n<ul>\n"
            + items
            + "</ul>\n");
  }

  @GetMapping("/problems/{slug}")
  ResponseEntity<?> page(
      @PathVariable String slug,
      @RequestHeader(name = "Accept", required = false) @Nullable String accept) {
    ProblemType type =
        Arrays.stream(ProblemType.values())
            .filter(candidate -> candidate.slug().equals(slug))
            .findFirst()
            .orElseThrow(() -> ProblemException.notFound("problem", slug));
    if (prefersJson(accept)) {
      return json(Page.of(type));
    }
    return html(
        text(type.title()),
        """
        <p class="status">HTTP %d · <code>/problems/%s</code></p>
        <h1>%s</h1>
        <p>%s</p>
        <h2>What to do</h2>
        <p>%s</p>
        <nav><a href="/problems">All problems</a> · <a href="/swagger-ui.html">API</a></nav>
        """
            .formatted(
                type.status(),
                type.slug(),
                text(type.title()),
                text(type.explanation()),
                text(type.remedy())));
  }

  /// Escapes HTML and sets what stands in backticks as code.
  private static String text(String plain) {
    return HtmlUtils.htmlEscape(plain).replaceAll("`([^`]+)`", "<code>$1</code>");
  }

  private static ResponseEntity<String> html(String title, String main) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .body(document(title, main));
  }

  private static String document(String title, String main) {
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s · Backprop Server</title>
      <style>
      :root { color-scheme: light dark; --text: #1c2430; --soft: #5b6675; --line: #d9dee5;
        --accent: #0b63ce; --back: #fbfcfd; --code: #eef1f5; }
      @media (prefers-color-scheme: dark) { :root { --text: #e4e8ee; --soft: #98a3b3;
        --line: #333c48; --accent: #78b0ff; --back: #14181e; --code: #222932; } }
      body { font: 1rem/1.6 system-ui, sans-serif; color: var(--text); background: var(--back);
        max-width: 42rem; margin: 0 auto; padding: 3rem 1.25rem; }
      h1 { font-size: 1.7rem; line-height: 1.25; margin: .2rem 0 1.2rem; }
      h2 { font-size: 1rem; margin: 1.6rem 0 .3rem; }
      p { margin: 0 0 1rem; }
      a { color: var(--accent); }
      code { background: var(--code); padding: .1em .35em; border-radius: 4px; font-size: .92em;
        overflow-wrap: anywhere; }
      .status { color: var(--soft); font-variant-numeric: tabular-nums; }
      ul { list-style: none; padding: 0; border-top: 1px solid var(--line); }
      li { display: flex; gap: 1rem; padding: .55rem 0; border-bottom: 1px solid var(--line); }
      nav { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
      </style>
      </head>
      <body>
      <main>
      %s</main>
      </body>
      </html>
      """
        .formatted(title, main);
  }

  private static ResponseEntity<Object> json(Object body) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .body(body);
  }

  /// Whether JSON was asked for by name; a browser and `*/*` get the page.
  private static boolean prefersJson(@Nullable String accept) {
    return accept != null && accept.contains("json") && !accept.contains("text/html");
  }

  /// A type of problem for a program.
  private record Page(String type, String title, int status, String explanation, String remedy) {

    static Page of(ProblemType type) {
      return new Page(
          "/problems/" + type.slug(),
          type.title(),
          type.status(),
          type.explanation(),
          type.remedy());
    }
  }
}

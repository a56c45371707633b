package dev.backprop.model.card;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/// Writes a card as a page that needs nothing else: no script, no font, no address.
final class HtmlWriter {

  private HtmlWriter() {}

  /// @param title of the page
  static String write(String title, List<Block> blocks) {
    return head(escape(title))
        + blocks.stream().map(HtmlWriter::write).collect(Collectors.joining())
        + "</main>\n</body>\n</html>\n";
  }

  private static String head(String title) {
    return """
          <!doctype html>
          <html lang="en">
          <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>%s</title>
          <style>
          :root { color-scheme: light dark; --text: #1c2430; --soft: #5b6675; --line: #d9dee5;
            --training: #0b63ce; --validation: #c2571a; --back: #fbfcfd; --code: #eef1f5; }
          @media (prefers-color-scheme: dark) { :root { --text: #e4e8ee; --soft: #98a3b3;
            --line: #333c48; --training: #78b0ff; --validation: #ff9d5c; --back: #14181e;
            --code: #222932; } }
          body { font: 1rem/1.6 system-ui, sans-serif; color: var(--text); background: var(--back);
            max-width: 48rem; margin: 0 auto; padding: 3rem 1.25rem; }
          h1 { font-size: 1.7rem; line-height: 1.25; }
          h2 { font-size: 1.15rem; margin-top: 2rem; }
          div.wide { overflow-x: auto; }
          table { border-collapse: collapse; font-size: .92rem; }
          th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0;
            border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
          td:first-child { min-width: 12rem; }
          th { color: var(--soft); font-weight: 500; }
          pre { background: var(--code); padding: .7rem; border-radius: 4px; overflow-x: auto; }
          svg { width: 100%%; height: auto; }
          svg text { font-size: 12px; fill: var(--soft); }
          svg polyline { fill: none; stroke-width: 1.8; }
          svg .axis { fill: none; stroke: var(--line); }
          svg .training { stroke: var(--training); }
          svg .validation { stroke: var(--validation); }
          .key .training { color: var(--training); }
          .key .validation { color: var(--validation); }
          </style>
          </head>
          <body>
          <main>
    """
        .formatted(title);
  }

  private static String write(Block block) {
    return switch (block) {
      case Block.Heading heading ->
          "<h%1$d>%2$s</h%1$d>\n".formatted(heading.level(), escape(heading.text()));
      case Block.Text text -> "<p>" + escape(text.text()) + "</p>\n";
      case Block.Items items ->
          items.texts().stream()
              .map(text -> "<li>" + escape(text) + "</li>\n")
              .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
      case Block.Table table ->
          row("th", table.header())
              + table.rows().stream()
                  .map(cells -> row("td", cells))
                  .collect(Collectors.joining("", "", "</table></div>\n"));
      case Block.Code code -> "<pre>" + escape(code.line()) + "</pre>\n";
      case Block.Curve curve -> curve(curve);
    };
  }

  private static String row(String cell, List<String> cells) {
    return cells.stream()
        .map(text -> "<" + cell + ">" + escape(text) + "</" + cell + ">")
        .collect(
            Collectors.joining(
                "", cell.equals("th") ? "<div class=\"wide\"><table>\n<tr>" : "<tr>", "</tr>\n"));
  }

  private static String curve(Block.Curve curve) {
    String validation =
        curve.points().getLast().validationLoss() == null
            ? ""
            : ", <span class=\"validation\">validation</span>";
    return new CurvePicture(curve.points()).svg()
        + "<p class=\"key\"><span class=\"training\">training</span>"
        + validation
        + "</p>\n";
  }

  static String escape(String text) {
    return HtmlUtils.htmlEscape(Plain.line(text), "UTF-8");
  }
}

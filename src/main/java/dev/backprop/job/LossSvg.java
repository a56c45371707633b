package dev.backprop.job;

import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/// Draws losses as SVG. Texts stay texts, so that the server needs no font.
final class LossSvg {

  private static final int LEFT = 74;
  private static final int RIGHT = 576;
  private static final int TOP = 62;
  private static final int BOTTOM = 340;
  private static final int LEGEND = 48;
  private static final int SAMPLE = 22;

  /// More than the widest entry of the legend needs.
  private static final int ENTRY = 130;

  private final LossPicture picture;
  private final StringBuilder svg = new StringBuilder();

  private LossSvg(LossPicture picture) {
    this.picture = picture;
  }

  static String draw(LossPicture picture) {
    return new LossSvg(picture).draw();
  }

  private String draw() {
    String title = HtmlUtils.htmlEscape(picture.title(), "UTF-8");
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#333\" text-anchor=\"middle\">"
            .formatted(
                LossPicture.WIDTH, LossPicture.HEIGHT, LossPicture.WIDTH, LossPicture.HEIGHT));
    add("<title>%s</title>".formatted(title));
    add("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
    int center = (LEFT + RIGHT) / 2;
    add(
        "<text x=\"%s\" y=\"26\" font-size=\"16\" font-weight=\"bold\">%s</text>"
            .formatted(center, title));
    add("<text x=\"%s\" y=\"%s\">%s</text>".formatted(center, BOTTOM + 44, LossPicture.EPOCH));
    add(
        "<text transform=\"translate(20 %s) rotate(-90)\">%s</text>"
            .formatted((TOP + BOTTOM) / 2, picture.lossTitle()));
    if (picture.lines().isEmpty()) {
      add(
          "<text x=\"%s\" y=\"%s\" font-size=\"14\">%s</text>"
              .formatted(center, (TOP + BOTTOM) / 2, LossPicture.EMPTY));
    } else {
      Axis epochs = picture.epochs();
      Axis losses = picture.losses();
      drawGrid(epochs, losses);
      drawLines(epochs, losses);
    }
    add(
        "<path d=\"M%s %sV%sH%s\" fill=\"none\" stroke=\"#333\"/>"
            .formatted(LEFT, TOP, BOTTOM, RIGHT));
    return svg.append("</svg>\n").toString();
  }

  private void drawGrid(Axis epochs, Axis losses) {
    for (double tick : epochs.ticks()) {
      String x = x(epochs, tick);
      add("<path d=\"M%s %sV%s\" stroke=\"#ddd\"/>".formatted(x, TOP, BOTTOM));
      add("<text x=\"%s\" y=\"%s\">%s</text>".formatted(x, BOTTOM + 18, Axis.label(tick)));
    }
    for (double tick : losses.ticks()) {
      double y = y(losses, tick);
      add("<path d=\"M%s %sH%s\" stroke=\"#ddd\"/>".formatted(LEFT, number(y), RIGHT));
      add(
          "<text x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>"
              .formatted(LEFT - 6, number(y + 4), Axis.label(tick)));
    }
  }

  private void drawLines(Axis epochs, Axis losses) {
    int legend = LEFT;
    for (LossPicture.Line line : picture.lines()) {
      draw(line, epochs, losses);
      add(
          "<path d=\"M%s %sh%s\" stroke=\"%s\" stroke-width=\"2\"/>"
              .formatted(legend, LEGEND - 4, SAMPLE, color(line.color())));
      addEntry(legend, line.name());
      legend += ENTRY;
    }
    LossPicture.Point best = picture.best();
    if (best != null) {
      mark(best, legend, epochs, losses);
    }
  }

  private void mark(LossPicture.Point best, int legend, Axis epochs, Axis losses) {
    String color = color(LossPicture.BEST_COLOR);
    String x = x(epochs, best.epoch());
    add(
        "<path d=\"M%s %sV%s\" stroke=\"%s\" stroke-dasharray=\"4 3\"/>"
            .formatted(x, TOP, BOTTOM, color));
    add(
        "<circle cx=\"%s\" cy=\"%s\" r=\"5\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
            .formatted(x, number(y(losses, best.loss())), color));
    add(
        "<circle cx=\"%s\" cy=\"%s\" r=\"5\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
            .formatted(legend + SAMPLE / 2, LEGEND - 4, color));
    addEntry(legend, LossPicture.name(best));
  }

  /// A line through one point alone would be invisible.
  private void draw(LossPicture.Line line, Axis epochs, Axis losses) {
    if (line.points().size() == 1) {
      LossPicture.Point point = line.points().getFirst();
      add(
          "<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\"/>"
              .formatted(
                  x(epochs, point.epoch()), number(y(losses, point.loss())), color(line.color())));
      return;
    }
    String points =
        line.points().stream()
            .map(point -> x(epochs, point.epoch()) + "," + number(y(losses, point.loss())))
            .collect(Collectors.joining(" "));
    add(
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" stroke-linejoin=\"round\" points=\"%s\"/>"
            .formatted(color(line.color()), points));
  }

  private void addEntry(int x, String text) {
    add(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"start\">%s</text>"
            .formatted(x + SAMPLE + 6, LEGEND, text));
  }

  private static String x(Axis epochs, double epoch) {
    return number(LEFT + epochs.share(epoch) * (RIGHT - LEFT));
  }

  private static double y(Axis losses, double loss) {
    return BOTTOM - losses.share(loss) * (BOTTOM - TOP);
  }

  private static String color(int color) {
    return "#%06x".formatted(color);
  }

  /// To a tenth of a pixel.
  private static String number(double value) {
    return Double.toString(Math.round(value * 10) / 10.0);
  }

  private void add(String element) {
    svg.append(element).append('\n');
  }
}

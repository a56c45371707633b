package dev.backprop.dataset.web;

/// Writes the few elements that a picture needs. Texts may have any characters.
final class Svg {

  private final StringBuilder out = new StringBuilder();

  /// Opens the outermost element.
  Svg root(double width, double height, String style) {
    return add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\">"
            .formatted(number(width), number(height), number(width), number(height)))
        .add("\n<style>" + style + "</style>");
  }

  /// Opens a part that is cut off at its border, and read aloud as one picture.
  Svg part(double x, double y, double width, double height, String title) {
    return add("\n<svg role=\"img\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\">"
            .formatted(number(x), number(y), number(width), number(height)))
        .title(title);
  }

  /// Closes the outermost element or a part.
  Svg end() {
    return add("</svg>\n");
  }

  Svg title(String text) {
    return add("<title>").text(text).add("</title>");
  }

  Svg rectangle(String style, double x, double y, double width, double height) {
    return add(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
            .formatted(style, number(x), number(y), number(width), number(height)));
  }

  Svg text(String style, double x, double y, String text) {
    return add("<text class=\"%s\" x=\"%s\" y=\"%s\">".formatted(style, number(x), number(y)))
        .text(text)
        .add("</text>");
  }

  private Svg add(String markup) {
    out.append(markup);
    return this;
  }

  private Svg text(String text) {
    text.codePoints().forEach(this::append);
    return this;
  }

  /// What XML 1.0 has no character for becomes a replacement character.
  private void append(int codePoint) {
    switch (codePoint) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\t', '\n', '\r' -> out.append(' ');
      default -> out.appendCodePoint(isXml(codePoint) ? codePoint : 0xFFFD);
    }
  }

  private static boolean isXml(int codePoint) {
    return codePoint >= 0x20
        && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE)
        && codePoint != 0xFFFE
        && codePoint != 0xFFFF;
  }

  /// With one digit behind the point, which is a tenth of a pixel.
  private static String number(double value) {
    double tenths = Math.round(value * 10) / 10.0;
    return tenths == Math.rint(tenths) ? Long.toString((long) tenths) : Double.toString(tenths);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}

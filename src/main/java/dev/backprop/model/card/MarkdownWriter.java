package dev.backprop.model.card;

import dev.backprop.model.TrainingSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes a card as Markdown of GitHub's flavor. A curve is a table of a few of its points.
final class MarkdownWriter {

  /// Rows of a curve, at most.
  private static final int POINTS = 10;

  /// CommonMark takes a backslash before each of these as the character itself.
  private static final Pattern PUNCTUATION = Pattern.compile("[\\p{Punct}&&[^,;'()%]]");

  /// A dot and a minus between digits are no markup.
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.:-][0-9]+)*([Ee][-+]?[0-9]+)?");

  private MarkdownWriter() {}

  static String write(List<Block> blocks) {
    return blocks.stream().map(MarkdownWriter::write).collect(Collectors.joining("\n"));
  }

  private static String write(Block block) {
    return switch (block) {
      case Block.Heading heading ->
          "#".repeat(heading.level()) + " " + escape(heading.text()) + "\n";
      case Block.Text text -> escape(text.text()) + "\n";
      case Block.Items items ->
          items.texts().stream()
              .map(text -> "- " + escape(text) + "\n")
              .collect(Collectors.joining());
      case Block.Table table -> table(table);
      case Block.Code code -> "```sh\n" + Plain.line(code.line()) + "\n```\n";
      case Block.Curve curve -> table(few(curve.points()));
    };
  }

  private static String table(Block.Table table) {
    StringBuilder lines = new StringBuilder();
    lines.append(row(table.header()));
    lines.append(row(Collections.nCopies(table.header().size(), "---"), false));
    table.rows().forEach(cells -> lines.append(row(cells)));
    return lines.toString();
  }

  private static String row(List<String> cells) {
    return row(cells.stream().map(MarkdownWriter::escape).toList(), true);
  }

  private static String row(List<String> cells, boolean spaced) {
    String space = spaced ? " " : "";
    return cells.stream()
        .collect(Collectors.joining(space + "|" + space, "|" + space, space + "|\n"));
  }

  private static Block.Table few(List<TrainingSummary.Point> points) {
    List<List<String>> rows = new ArrayList<>();
    int count = Math.min(POINTS, points.size());
    for (int i = 0; i < count; i++) {
      int at = count == 1 ? 0 : (int) ((long) i * (points.size() - 1) / (count - 1));
      TrainingSummary.Point point = points.get(at);
      rows.add(
          List.of(
              Integer.toString(point.epoch()),
              Plain.number(point.trainingLoss()),
              Plain.number(point.validationLoss())));
    }
    return new Block.Table(List.of("epoch", "training loss", "validation loss"), rows);
  }

  /// Text that is nothing but text: on one line, without markup, links or HTML.
  static String escape(String text) {
    String line = Plain.line(text);
    return NUMBER.matcher(line).matches() ? line : PUNCTUATION.matcher(line).replaceAll("\\\\$0");
  }
}

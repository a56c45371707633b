package dev.backprop.model.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.model.TrainingSummary.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritersTests {

  private static final String NASTY =
      "<script>alert(1)</script> | [x](javascript:a) \n# `b` ![](http://evil) \u202e**";

  @Test
  void makeNothingButTextOfTexts() {
    List<Block> blocks =
        List.of(
            new Block.Heading(2, NASTY),
            new Block.Text(NASTY),
            new Block.Items(List.of(NASTY)),
            new Block.Table(List.of(NASTY), List.of(List.of(NASTY))),
            new Block.Code(NASTY));
    String html = HtmlWriter.write(NASTY, blocks);
    assertThat(html).doesNotContain("<script", "\u202e").contains("&lt;script&gt;");
    String markdown = MarkdownWriter.write(blocks.subList(0, 4));
    assertThat(markdown)
        .doesNotContain("\u202e")
        .doesNotContainPattern("(?<!\\\\)[<>\\[\\]`*!]")
        .doesNotContain("http:");
    assertThat(markdown.lines().filter(line -> line.startsWith("#")))
        .as("one heading, and no text at the beginning of a line")
        .hasSize(1);
    assertThat(markdown.lines().filter(line -> line.startsWith("|")))
        .allMatch(row -> row.replace("\\|", "").chars().filter(c -> c == '|').count() == 2);
    assertThat(MarkdownWriter.write(List.of(new Block.Code("a\n```\nb"))))
        .isEqualTo("```sh\na ``` b\n```\n");
  }

  /// As `java.util.Formatter` rounds: half up.
  @ParameterizedTest
  @CsvSource({
    "0.061725, 0.06173",
    "3, 3",
    "12345.678, 1.235e+04",
    "1e-7, 1.000e-07",
    "-2.5, -2.500"
  })
  void shortenNumbers(double value, String text) {
    assertThat(Plain.number(value)).isEqualTo(text);
  }

  @Test
  void drawCurvesAndTabulateThem() {
    List<Point> points =
        IntStream.rangeClosed(1, 100)
            .mapToObj(epoch -> new Point(epoch, 1.0 / epoch, 2.0 / epoch))
            .toList();
    String svg = new CurvePicture(points).svg();
    // the highest loss is the first of the validation, the lowest the last of the training
    assertThat(svg)
        .contains("class=\"validation\" points=\"70.0,14.0 ")
        .contains("630.0,206.0\"/>")
        .contains(">2</text>", ">0.01000</text>", ">epoch 100</text>");
    String table = MarkdownWriter.write(List.of(new Block.Curve(points)));
    assertThat(table.lines()).hasSize(12).contains("| 1 | 1 | 2 |", "| 100 | 0.01000 | 0.02000 |");
    assertThat(new CurvePicture(List.of(new Point(1, 0.5, null))).svg())
        .contains("points=\"70.0,14.0\"")
        .doesNotContain("validation", "NaN");
  }
}

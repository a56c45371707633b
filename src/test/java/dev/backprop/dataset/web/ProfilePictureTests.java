package dev.backprop.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ProfilePictureTests {

  private static Document draw(String name, List<Column> columns) throws Exception {
    String svg = ProfilePicture.of(new Dataset("ds_1", name, columns, Instant.EPOCH));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> elements(Document svg, String tag) {
    NodeList nodes = svg.getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static List<String> texts(Document svg, String tag) {
    return elements(svg, tag).stream().map(Element::getTextContent).toList();
  }

  @Test
  void saysWhatEachColumnIsLike() throws Exception {
    Document svg =
        draw(
            "plants",
            List.of(
                new NumberColumn("height", new float[] {1, 2.5f, Float.NaN, 12}),
                new CategoryColumn("kind", List.of("fern", "moss"), new int[] {0, 1, 1, -1}),
                new NumberColumn("tall", new float[] {1, 2.5f, Float.NaN, 12}),
                new NumberColumn("zero", new float[4])));

    assertThat(texts(svg, "title"))
        .containsExactly(
            "plants: 4 rows × 4 columns",
            "height: 1 missing, 3 distinct, 1 to 12",
            "kind: 1 missing, 2 distinct",
            "tall: 1 missing, 3 distinct, as 'height', 1 to 12",
            "zero: 0 missing, constant, 0 to 0");
    assertThat(texts(svg, "text"))
        .contains("height", "1 missing, 3 distinct", "1", "12", "fern", "moss", "2");
    assertThat(bars(svg)).as("ten ranges, two categories, ten ranges, one value").hasSize(23);
  }

  private static List<Element> bars(Document svg) {
    return elements(svg, "rect").stream()
        .filter(bar -> bar.getAttribute("class").equals("bar"))
        .toList();
  }

  @Test
  void drawsBarsAsLongAsCountsAreLarge() throws Exception {
    Document svg = draw("bars", List.of(new NumberColumn("a", new float[] {0, 0, 0, 0, 1, 1, 10})));

    assertThat(bars(svg))
        .extracting(bar -> Double.parseDouble(bar.getAttribute("height")))
        .containsExactly(62.0, 31.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 15.5);
  }

  @Test
  void takesTextsForWhatTheyAre() throws Exception {
    String nasty = "<script>alert(\"1\")</script>&amp; \u0000\u0007\ud800 \uffff";
    Document svg =
        draw(
            "a",
            List.of(
                new NumberColumn(nasty, new float[] {1}),
                new CategoryColumn("b", List.of("</text><x/>"), new int[] {0})));

    assertThat(elements(svg, "script")).isEmpty();
    assertThat(elements(svg, "x")).isEmpty();
    assertThat(texts(svg, "title").get(1))
        .startsWith("<script>alert(\"1\")</script>&amp; \ufffd\ufffd\ufffd \ufffd: 0 missing");
    assertThat(texts(svg, "text")).contains("<script>alert(\"1\")</scri…", "</text><x/>");
  }

  @Test
  void cutsNamesToTheRoomThatTheyHave() throws Exception {
    Document svg =
        draw(
            "a",
            List.of(
                new NumberColumn("x".repeat(24), new float[] {1}),
                new NumberColumn("y".repeat(25), new float[] {1}),
                new NumberColumn("花".repeat(13), new float[] {1})));

    assertThat(texts(svg, "text"))
        .contains("x".repeat(24), "y".repeat(24) + "…", "花".repeat(12) + "…");
  }

  @Test
  void saysWhichColumnsAreLeftOut() throws Exception {
    assertThat(texts(draw("a", columns(48)), "text").get(1)).isEqualTo("2 rows × 48 columns");
    assertThat(texts(draw("a", columns(49)), "text").get(1))
        .isEqualTo("2 rows × 49 columns; 1 is left out: 'c48'");
    Document wide = draw("a", columns(2000));
    assertThat(texts(wide, "text").get(1))
        .isEqualTo("2 rows × 2,000 columns; 1,952 are left out: 'c48' to 'c1999'");
    assertThat(texts(wide, "text")).contains("c1", "c47", "c2000").doesNotContain("c48");
    assertThat(elements(wide, "svg")).hasSize(49);
  }

  private static List<Column> columns(int count) {
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      columns.add(new NumberColumn("c" + i, new float[] {i, -i}));
    }
    return columns;
  }

  @Test
  void drawsNothingOfWhatIsAllMissing() throws Exception {
    Document svg =
        draw(
            "a",
            List.of(
                new NumberColumn("a", new float[] {Float.NaN}),
                new CategoryColumn("b", List.of(), new int[] {-1})));

    assertThat(bars(svg)).isEmpty();
    assertThat(texts(svg, "title")).contains("a: 1 missing, constant", "b: 1 missing, constant");
  }
}

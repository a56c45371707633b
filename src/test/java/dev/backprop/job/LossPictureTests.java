package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.train.EpochReport;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LossPictureTests {

  private static final String TRAINING = "#1f77b4";
  private static final String VALIDATION = "#ff7f0e";

  @Test
  void hasALogarithmicScaleFromAFactorOfTenOn() {
    assertThat(picture("a", losses(2, epoch -> epoch == 1 ? 1 : 0.1)).logarithmic()).isTrue();
    assertThat(picture("a", losses(2, epoch -> epoch == 1 ? 1 : 0.11)).logarithmic()).isFalse();
    assertThat(picture("a", losses(2, epoch -> epoch == 1 ? 1 : 0)).logarithmic()).isFalse();
    assertThat(picture("a", losses(2, epoch -> epoch == 1 ? 1 : -100)).logarithmic()).isFalse();
    assertThat(picture("a", List.of()).logarithmic()).isFalse();
  }

  @Test
  void showsBothLossesAndTheBestEpoch() throws Exception {
    Document svg = svg(picture("iris", validated(300)));
    assertThat(svg.getDocumentElement().getAttribute("width")).isEqualTo("600");
    assertThat(texts(svg))
        .contains("iris", "epoch", "loss (log scale)", "training", "validation")
        .contains("best epoch: 200")
        .contains("0", "50", "300");
    List<Element> curves = elements(svg, "polyline");
    assertThat(curves)
        .extracting(curve -> curve.getAttribute("stroke"))
        .containsExactly(TRAINING, VALIDATION);
    for (Element curve : curves) {
      List<double[]> points = points(curve);
      assertThat(points).hasSize(300);
      assertThat(points).allMatch(p -> p[0] >= 0 && p[0] <= 600 && p[1] >= 0 && p[1] <= 400);
      assertThat(points).isSortedAccordingTo(Comparator.comparingDouble(point -> point[0]));
    }
    double[] lowest = points(curves.get(1)).get(199);
    assertThat(points(curves.get(1))).allMatch(point -> point[1] <= lowest[1]);
    Element mark = elements(svg, "circle").getFirst();
    assertThat(mark.getAttribute("cx")).isEqualTo(Double.toString(lowest[0]));
    assertThat(mark.getAttribute("cy")).isEqualTo(Double.toString(lowest[1]));
  }

  @Test
  void showsLossesBelowZero() throws Exception {
    Document svg = svg(picture("likelihood", losses(50, epoch -> Math.cos(epoch / 5.0) - 1)));
    assertThat(texts(svg)).contains("loss", "-2", "0").doesNotContain("loss (log scale)");
    assertThat(points(elements(svg, "polyline").getFirst()))
        .allMatch(p -> p[1] >= 0 && p[1] <= 400);
  }

  @Test
  void showsASingleEpoch() throws Exception {
    Document svg = svg(picture("one", losses(1, _ -> 0.7)));
    assertThat(elements(svg, "polyline")).isEmpty();
    assertThat(elements(svg, "circle"))
        .anyMatch(circle -> circle.getAttribute("fill").equals(TRAINING));
    assertThat(texts(svg)).contains("best epoch: 1");
  }

  @Test
  void saysThatThereIsNothingYet() throws Exception {
    Document svg = svg(picture("queued", List.of()));
    assertThat(texts(svg)).contains("queued", "epoch", "loss", "No epoch has ended yet.");
    assertThat(elements(svg, "polyline")).isEmpty();
    assertThat(elements(svg, "circle")).isEmpty();

    BufferedImage png = png(picture("queued", List.of()));
    assertThat(png.getWidth()).isEqualTo(600);
    assertThat(count(png, LossPicture.TRAINING_COLOR)).isZero();
    assertThat(darkPixels(png)).as("letters").isGreaterThan(100);
  }

  @Test
  void escapesTheName() throws Exception {
    String name = "<script>\"a\" & 'b'</script> é";
    assertThat(texts(svg(picture(name, validated(5))))).contains(name);
  }

  @Test
  void isAPngOfTheSameSizeInTheSameColours() throws Exception {
    BufferedImage png = png(picture("iris", validated(300)));
    assertThat(png.getWidth()).isEqualTo(LossPicture.WIDTH);
    assertThat(png.getHeight()).isEqualTo(LossPicture.HEIGHT);
    assertThat(count(png, LossPicture.TRAINING_COLOR)).isGreaterThan(100);
    assertThat(count(png, LossPicture.VALIDATION_COLOR)).isGreaterThan(100);
    assertThat(count(png, LossPicture.BEST_COLOR)).isGreaterThan(10);
    BufferedImage unvalidated = png(picture("iris", losses(300, epoch -> 1.0 / epoch)));
    assertThat(count(unvalidated, LossPicture.TRAINING_COLOR)).isGreaterThan(100);
    assertThat(count(unvalidated, LossPicture.VALIDATION_COLOR)).isZero();
  }

  @Test
  void isAPngOfLossesOfEveryKind() throws Exception {
    assertThat(count(png(picture("a", losses(1, _ -> 0.7))), LossPicture.BEST_COLOR))
        .isGreaterThan(10);
    for (IntToDoubleFunction loss :
        List.<IntToDoubleFunction>of(
            Math::cos, _ -> 0, epoch -> 1e30 / epoch, epoch -> Math.pow(10, -epoch / 5.0))) {
      assertThat(count(png(picture("a", losses(100, loss))), LossPicture.TRAINING_COLOR))
          .isGreaterThan(50);
    }
  }

  private static LossPicture picture(String name, List<EpochReport> reports) {
    EpochReport best =
        reports.stream().min(Comparator.comparingDouble(EpochReport::monitored)).orElse(null);
    return LossPicture.of(name, LossCurve.of(reports), JobView.Best.of(best));
  }

  private static List<EpochReport> losses(int epochs, IntToDoubleFunction loss) {
    return IntStream.rangeClosed(1, epochs)
        .mapToObj(epoch -> new EpochReport(epoch, loss.applyAsDouble(epoch), null, 0.1))
        .toList();
  }

  /// The validation loss is lowest at epoch 200.
  private static List<EpochReport> validated(int epochs) {
    return IntStream.rangeClosed(1, epochs)
        .mapToObj(
            epoch -> new EpochReport(epoch, 2.0 / epoch, 0.02 + Math.abs(epoch - 200) / 100.0, 0.1))
        .toList();
  }

  private static Document svg(LossPicture picture) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(LossSvg.draw(picture).getBytes(StandardCharsets.UTF_8)));
  }

  private static BufferedImage png(LossPicture picture) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(LossPng.draw(picture)));
  }

  private static List<Element> elements(Document svg, String name) {
    NodeList found = svg.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static List<String> texts(Document svg) {
    return elements(svg, "text").stream().map(Element::getTextContent).toList();
  }

  private static List<double[]> points(Element curve) {
    List<double[]> points = new ArrayList<>();
    for (String point : curve.getAttribute("points").split(" ", -1)) {
      String[] numbers = point.split(",", -1);
      points.add(new double[] {Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])});
    }
    return points;
  }

  private static long count(BufferedImage png, int color) {
    return pixels(png).filter(rgb -> (rgb & 0xffffff) == color).count();
  }

  private static long darkPixels(BufferedImage png) {
    return pixels(png)
        .filter(rgb -> (rgb & 0xff) < 90 && (rgb >> 8 & 0xff) < 90 && (rgb >> 16 & 0xff) < 90)
        .count();
  }

  private static IntStream pixels(BufferedImage png) {
    int width = png.getWidth();
    int height = png.getHeight();
    return IntStream.of(png.getRGB(0, 0, width, height, null, 0, width));
  }
}

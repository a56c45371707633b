package dev.backprop.job;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Draws losses as PNG, which needs fonts and no screen.
final class LossPng {

  private static final int MARKER_SIZE = 8;

  /// Where an axis begins and ends with evenly spaced epochs, XChart writes every so many of them,
  /// whether round or not; an axis that begins a little before them has round ones.
  private static final double ASIDE = 0.001;

  /// Room for the epochs of the longest training.
  private static final int TICK_SPACING = 90;

  private LossPng() {}

  /// @throws ProblemException [ProblemType#NOT_ACCEPTABLE] if there are no fonts
  static byte[] draw(LossPicture picture) {
    requireFonts();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(BitmapEncoder.getBufferedImage(chart(picture)), "png", png);
      return png.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never: it writes to memory
    }
  }

  /// A runtime without fontconfig fails in several ways, by the version and by what failed before.
  private static void requireFonts() {
    try {
      new Font(Font.SANS_SERIF, Font.PLAIN, 12)
          .getStringBounds(LossPicture.EPOCH, new FontRenderContext(null, true, true));
    } catch (LinkageError | InternalError | RuntimeException e) {
      throw withoutFonts(e);
    }
  }

  private static ProblemException withoutFonts(Throwable cause) {
    ProblemException problem =
        new ProblemException(
            ProblemType.NOT_ACCEPTABLE,
            "The server's Java has no fonts to draw a PNG with. Ask for image/svg+xml, or install fontconfig and a font, such as fonts-dejavu-core, beside it.");
    problem.initCause(cause);
    return problem;
  }

  private static XYChart chart(LossPicture picture) {
    XYChart chart =
        new XYChartBuilder()
            .width(LossPicture.WIDTH)
            .height(LossPicture.HEIGHT)
            .title(picture.title())
            .xAxisTitle(LossPicture.EPOCH)
            .yAxisTitle(picture.lossTitle())
            .build();
    style(chart.getStyler());
    if (picture.lines().isEmpty()) {
      XYSeries nothing = chart.addSeries("none", new double[] {0, 1}, new double[] {0, 1});
      nothing.setLineColor(new Color(0, true));
      nothing.setMarker(SeriesMarkers.NONE);
      chart.getStyler().setAxisTicksVisible(false).setLegendVisible(false);
      chart.addAnnotation(new AnnotationText(LossPicture.EMPTY, 0.5, 0.5, false));
      return chart;
    }
    scale(chart.getStyler(), picture);
    for (LossPicture.Line line : picture.lines()) {
      boolean single = line.points().size() == 1; // its line would be invisible
      add(
          chart,
          line.name(),
          line.points(),
          line.color(),
          single ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
    LossPicture.Point best = picture.best();
    if (best != null) {
      add(
          chart,
          LossPicture.name(best),
          List.of(best),
          LossPicture.BEST_COLOR,
          SeriesMarkers.DIAMOND);
    }
    return chart;
  }

  private static void style(XYStyler styler) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    styler
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setChartTitleBoxVisible(false)
        .setChartTitleFont(font.deriveFont(Font.BOLD, 16))
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setLegendFont(font)
        .setAnnotationTextFont(font.deriveFont(14f))
        .setMarkerSize(MARKER_SIZE);
    styler.setAxisTitleFont(font).setAxisTickLabelsFont(font);
  }

  private static void scale(XYStyler styler, LossPicture picture) {
    Axis epochs = picture.epochs();
    Axis losses = picture.losses();
    styler
        .setXAxisMin(epochs.from() - ASIDE * (epochs.to() - epochs.from()))
        .setXAxisMax(epochs.to())
        .setYAxisMin(losses.from())
        .setYAxisMax(losses.to())
        .setYAxisLogarithmic(losses.logarithmic())
        .setXAxisTickLabelsFormattingFunction(Axis::label)
        .setXAxisTickMarkSpacingHint(TICK_SPACING)
        .setYAxisTickLabelsFormattingFunction(Axis::label);
  }

  private static void add(
      XYChart chart, String name, List<LossPicture.Point> points, int color, Marker marker) {
    double[] epochs = points.stream().mapToDouble(LossPicture.Point::epoch).toArray();
    double[] losses = points.stream().mapToDouble(LossPicture.Point::loss).toArray();
    Color solid = new Color(color);
    XYSeries series = chart.addSeries(name, epochs, losses);
    series.setMarker(marker).setMarkerColor(solid);
    series.setLineStyle(new BasicStroke(1.5f)).setLineColor(solid);
  }
}

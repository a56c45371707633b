package dev.backprop.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.Matrices;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Against SciPy and NumPy; `golden/calibration.py` made the numbers.
@SuppressWarnings("ArrayRecordComponent") // the records mirror the file
class CalibrationGoldenTests {

  record Golden(String scipy, List<Temperature> temperatures, List<Errors> conformal) {}

  record Temperature(
      String name,
      boolean softmax,
      float[][] z,
      float[][] y,
      float @Nullable [] w,
      double temperature,
      double before,
      double after) {

    @Override
    public String toString() {
      return name;
    }
  }

  record Errors(float[][] outputs, float[][] targets, double[] scales, List<Quantile> quantiles) {

    @Override
    public String toString() {
      return outputs.length + " rows";
    }
  }

  record Quantile(double coverage, double @Nullable [] halfWidths) {}

  static List<Temperature> temperatures() {
    return golden().temperatures();
  }

  static List<Errors> conformal() {
    return golden().conformal();
  }

  private static Golden golden() {
    try (InputStream file =
        CalibrationGoldenTests.class.getResourceAsStream("/golden/calibration.json")) {
      return new JsonMapper().readValue(Objects.requireNonNull(file), Golden.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("temperatures")
  void findsTheTemperatureOfScipy(Temperature golden) {
    TemperatureScaling found =
        Objects.requireNonNull(
            TemperatureScaling.fit(
                Matrices.of(golden.z()),
                Matrices.of(golden.y()),
                golden.w() == null ? null : Matrices.column(golden.w()),
                golden.softmax()));
    assertThat(found.before()).isCloseTo(golden.before(), Percentage.withPercentage(1e-8));
    assertThat(found.after()).isCloseTo(golden.after(), Percentage.withPercentage(1e-8));
    // a search without derivatives knows a minimum to the root of the accuracy of its values
    assertThat(found.temperature())
        .isCloseTo(golden.temperature(), Percentage.withPercentage(1e-4));
    assertThat(found.rows()).isEqualTo(golden.z().length);
  }

  @ParameterizedTest
  @MethodSource("conformal")
  void findsTheQuantilesOfNumpy(Errors golden) {
    Units units =
        new Units(
            List.of(new Units.Unit(3, golden.scales()[0]), new Units.Unit(-1, golden.scales()[1])));
    ConformalIntervals found =
        Objects.requireNonNull(
            ConformalIntervals.fit(
                Matrices.of(golden.outputs()), Matrices.of(golden.targets()), units));
    for (Quantile quantile : golden.quantiles()) {
      double[] expected = quantile.halfWidths();
      assertThat(found.reaches(quantile.coverage())).isEqualTo(expected != null);
      assertThat(ConformalIntervals.rowsFor(quantile.coverage()) <= found.rows())
          .isEqualTo(expected != null);
      if (expected != null) {
        float[] widths = found.halfWidths(quantile.coverage());
        for (int target = 0; target < 2; target++) {
          assertThat((double) widths[target])
              .isCloseTo(expected[target], within(1e-6 * expected[target]));
        }
      }
    }
  }
}

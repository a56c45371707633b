package dev.backprop.dataset.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.problem.InputErrors;
import java.time.Instant;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the points to what follows from the formulas, not to the code.
class GeneratorTests {

  private static final int ROWS = 20_000;

  static Stream<Generator> classes() {
    return Stream.of(
        new Circles(ROWS, 0.1, 1),
        new Gaussians(ROWS, 0.1, 1),
        new Spirals(ROWS, 0.1, 1),
        new Moons(ROWS, 0.1, 1));
  }

  static Stream<Generator> all() {
    return Stream.concat(
        classes(),
        Stream.of(
            new Plane(ROWS, 0.1, 1), new Waves(ROWS, 0.1, 1), new Generator.Xor(ROWS, 0.1, 1)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void makesTwoInputsAndATarget(Generator generator) {
    List<Column> columns = generator.generate();
    assertThat(columns).extracting(Column::name).containsExactly("x1", "x2", "y");
    assertThat(columns).extracting(Column::rows).containsOnly(ROWS);
    assertThat(columns).extracting(Column::missing).containsOnly(0);
    assertThat(generator.cells()).isEqualTo(3L * ROWS);
  }

  @ParameterizedTest
  @MethodSource("classes")
  void makesAsManyRowsOfEachClass(Generator generator) {
    CategoryColumn y = (CategoryColumn) generator.generate().getLast();
    assertThat(y.categories()).hasSize(2);
    assertThat(y.count(0)).isEqualTo(y.count(1)).isEqualTo(ROWS / 2);
  }

  @ParameterizedTest
  @MethodSource("all")
  void followsTheSeedAlone(Generator generator) {
    String first = hash(generator);
    assertThat(hash(generator)).isEqualTo(first);
    assertThat(hash(withSeed(generator, 2))).isNotEqualTo(first);
    assertThat(withSeed(generator, 1)).isEqualTo(generator);
  }

  static Stream<Generator> random() {
    return all()
        .filter(generator -> !(generator instanceof Generator.Xor)) // a table
        .filter(generator -> !(generator instanceof Gaussians)); // two points
  }

  @ParameterizedTest
  @MethodSource("random")
  void drawsOtherPointsFromAnotherSeedWithoutNoiseToo(Generator generator) {
    assertThat(hash(withNoise(generator, 0, 1))).isNotEqualTo(hash(withNoise(generator, 0, 2)));
  }

  @ParameterizedTest
  @MethodSource("classes")
  void addsNoiseOfItsDeviationToTheSamePoints(Generator generator) {
    Table quiet = new Table(withNoise(generator, 0, 1));
    Table noisy = new Table(withNoise(generator, 0.3, 1));
    for (NumberColumn[] pair :
        List.of(new NumberColumn[] {quiet.x1, noisy.x1}, new NumberColumn[] {quiet.x2, noisy.x2})) {
      IntToDoubleFunction noise = row -> pair[1].value(row) - pair[0].value(row);
      assertThat(mean(noise)).isCloseTo(0, within(0.01));
      assertThat(Math.sqrt(mean(row -> Math.pow(noise.applyAsDouble(row), 2))))
          .isCloseTo(0.3, within(0.01));
    }
    // of x1 and x2 apart from each other
    assertThat(
            mean(
                row ->
                    (noisy.x1.value(row) - quiet.x1.value(row))
                        * (noisy.x2.value(row) - quiet.x2.value(row))))
        .isCloseTo(0, within(0.003));
  }

  @Test
  void circlesAreADiscWithinARing() {
    Table table = new Table(new Circles(ROWS, 0, 3));
    for (int row = 0; row < ROWS; row++) {
      double radius = table.radius(row);
      if (table.label(row).equals("inner")) {
        assertThat(radius).isBetween(0.0, 2.5001);
      } else {
        assertThat(table.label(row)).isEqualTo("outer");
        assertThat(radius).isBetween(3.4999, 5.0001);
      }
    }
    // uniform radii: means of 1.25 and 4.25
    assertThat(mean(table::radius)).isCloseTo((1.25 + 4.25) / 2, within(0.03));
    // all around
    assertThat(mean(row -> table.x1.value(row))).isCloseTo(0, within(0.08)); // five standard errors
    assertThat(mean(row -> table.x2.value(row))).isCloseTo(0, within(0.08)); // five standard errors
    assertThat(mean(row -> table.x1.value(row) > 0 ? 1 : 0)).isCloseTo(0.5, within(0.02));
  }

  @Test
  void gaussiansAreRoundCloudsAboutTheirCenters() {
    double sigma = 1.5;
    Table table = new Table(new Gaussians(ROWS, sigma, 3));
    for (String label : List.of("negative", "positive")) {
      double center = label.equals("negative") ? -2 : 2;
      for (NumberColumn x : List.of(table.x1, table.x2)) {
        double mean = 0;
        double square = 0;
        for (int row = 0; row < ROWS; row++) {
          if (table.label(row).equals(label)) {
            mean += x.value(row) / (ROWS / 2.0);
            square += Math.pow(x.value(row) - center, 2) / (ROWS / 2.0);
          }
        }
        assertThat(mean).isCloseTo(center, within(0.06));
        assertThat(Math.sqrt(square)).isCloseTo(sigma, within(0.04));
      }
    }
    // the best rule, the sign of x1 + x2, is right in a share Φ(2·√2/σ) = Φ(1.8856) = 0.9703
    assertThat(
            mean(
                row ->
                    (table.x1.value(row) + table.x2.value(row) > 0)
                            == table.label(row).equals("positive")
                        ? 1
                        : 0))
        .isCloseTo(0.9703, within(0.004));
  }

  @Test
  void spiralsWindForThreeHalfTurnsAndAQuarterAtAConstantPitch() {
    Table table = new Table(new Spirals(ROWS, 0, 3));
    double greatest = 0;
    for (int row = 0; row < ROWS; row++) {
      // Archimedean: the angle grows with the radius, 3.5·π at radius 5
      double angle =
          3.5 * Math.PI * table.radius(row) / 5 + (table.label(row).equals("second") ? Math.PI : 0);
      assertThat((double) table.x1.value(row))
          .isCloseTo(table.radius(row) * Math.sin(angle), within(1e-4));
      assertThat((double) table.x2.value(row))
          .isCloseTo(table.radius(row) * Math.cos(angle), within(1e-4));
      greatest = Math.max(greatest, table.radius(row));
    }
    assertThat(greatest).isBetween(4.99, 5.0001);
    // the root of a uniform number has mean 2/3 and mean square 1/2
    assertThat(mean(table::radius)).isCloseTo(5 * 2.0 / 3, within(0.03));
    assertThat(mean(row -> Math.pow(table.radius(row), 2))).isCloseTo(12.5, within(0.15));
  }

  @Test
  void moonsAreHalfCirclesThatReachIntoEachOther() {
    Table table = new Table(new Moons(ROWS, 0, 3));
    for (int row = 0; row < ROWS; row++) {
      double x1 = table.x1.value(row);
      double x2 = table.x2.value(row);
      if (table.label(row).equals("upper")) {
        assertThat(Math.hypot(x1, x2)).isCloseTo(1, within(1e-6));
        assertThat(x2).isGreaterThan(-1e-6);
      } else {
        assertThat(table.label(row)).isEqualTo("lower");
        assertThat(Math.hypot(x1 - 1, x2 - 0.5)).isCloseTo(1, within(1e-6));
        assertThat(x2).isLessThan(0.5 + 1e-6);
      }
    }
    // a half circle's center of mass is 2/π from its center: upper 2/π, lower 1/2 − 2/π
    assertThat(mean(row -> table.x1.value(row))).isCloseTo(0.5, within(0.03));
    assertThat(mean(row -> table.x2.value(row))).isCloseTo(0.25, within(0.02));
  }

  @Test
  void planeRisesByATenthAlongBothInputs() {
    Table table = new Table(new Plane(ROWS, 0.2, 3));
    assertUniformOverTheSquare(table);
    IntToDoubleFunction noise =
        row -> table.y(row) - (table.x1.value(row) + table.x2.value(row)) / 10;
    assertThat(mean(noise)).isCloseTo(0, within(0.006));
    assertThat(Math.sqrt(mean(row -> Math.pow(noise.applyAsDouble(row), 2))))
        .isCloseTo(0.2, within(0.004));
    // (x1 + x2)/10 has variance 2·12/100
    assertThat(mean(row -> Math.pow(table.y(row), 2))).isCloseTo(0.24 + 0.04, within(0.01));
  }

  @Test
  void wavesAreSixConesThatRiseAndFallInTurn() {
    Table table = new Table(new Waves(ROWS, 0, 3));
    assertUniformOverTheSquare(table);
    double[][] cones = {
      {-4, 2.5, 1}, {0, 2.5, -1}, {4, 2.5, 1}, {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}
    };
    for (int row = 0; row < ROWS; row++) {
      double expected = 0; // between the cones, which do not touch
      for (double[] cone : cones) {
        double distance = Math.hypot(table.x1.value(row) - cone[0], table.x2.value(row) - cone[1]);
        if (distance < 2) {
          expected = cone[2] * (2 - distance) / 2;
        }
      }
      assertThat(table.y(row)).isCloseTo(expected, within(1e-6));
    }
    // three cones up, three down; the volume of one is 4π/3 of the square's 144, its square's 2π/3
    assertThat(mean(table::y)).isCloseTo(0, within(0.01));
    assertThat(mean(row -> Math.abs(table.y(row))))
        .isCloseTo(6 * 4 * Math.PI / 3 / 144, within(0.006));
    assertThat(mean(row -> Math.pow(table.y(row), 2)))
        .isCloseTo(6 * 2 * Math.PI / 3 / 144, within(0.005));
  }

  @Test
  void wavesHaveNoiseOfItsDeviation() {
    Table quiet = new Table(new Waves(ROWS, 0, 3));
    Table noisy = new Table(new Waves(ROWS, 0.2, 3));
    assertThat(Math.sqrt(mean(row -> Math.pow(noisy.y(row) - quiet.y(row), 2))))
        .isCloseTo(0.2, within(0.004));
    assertThat(mean(row -> Math.abs(noisy.x1.value(row) - quiet.x1.value(row)))).isZero();
  }

  @ParameterizedTest
  @MethodSource("classes")
  void needsARowOfEachClass(Generator generator) {
    assertThat(errors(withRows(generator, 1)))
        .containsExactly("#/generator/rows rows is 1, at least 2 are needed");
    assertThat(errors(withRows(generator, 2))).isEmpty();
    assertThat(((CategoryColumn) withRows(generator, 2).generate().getLast()).count(1)).isOne();
  }

  @ParameterizedTest
  @MethodSource("all")
  void refusesWhatItCannotMake(Generator generator) {
    assertThat(errors(withRows(generator, -5)))
        .singleElement()
        .asString()
        .startsWith("#/generator/rows rows is -5, at least ");
    assertThat(errors(withNoise(generator, -0.1, 1)))
        .containsExactly("#/generator/noise noise is -0.1, a number from 0 to 1e6 is expected");
    assertThat(errors(withNoise(generator, Double.NaN, 1))).hasSize(1);
    assertThat(errors(withNoise(generator, 1.1e6, 1))).hasSize(1);
    assertThat(errors(withNoise(generator, 1e6, 1))).isEmpty();
    assertThat(withNoise(generator, 1e6, 1).generate()).hasSize(3);
  }

  private static void assertUniformOverTheSquare(Table table) {
    for (NumberColumn x : List.of(table.x1, table.x2)) {
      assertThat(x.min()).isBetween(-6f, -5.99f);
      assertThat(x.max()).isBetween(5.99f, 6f);
      assertThat(x.mean()).isCloseTo(0, within(0.1));
      assertThat(x.standardDeviation()).isCloseTo(Math.sqrt(12), within(0.05));
    }
    assertThat(mean(row -> table.x1.value(row) * table.x2.value(row))).isCloseTo(0, within(0.3));
  }

  private static List<String> errors(Generator generator) {
    InputErrors errors = new InputErrors();
    generator.check(errors, "#/generator");
    return errors.toList().stream().map(error -> error.pointer() + " " + error.detail()).toList();
  }

  private static Generator withSeed(Generator generator, long seed) {
    return withNoise(generator, generator.noise(), seed);
  }

  private static Generator withNoise(Generator generator, double noise, long seed) {
    return with(generator, generator.rows(), noise, seed);
  }

  private static Generator withRows(Generator generator, int rows) {
    return with(generator, rows, generator.noise(), generator.seed());
  }

  private static Generator with(Generator generator, int rows, double noise, long seed) {
    return switch (generator) {
      case Generator.Xor _ -> new Generator.Xor(rows, noise, seed);
      case Circles _ -> new Circles(rows, noise, seed);
      case Gaussians _ -> new Gaussians(rows, noise, seed);
      case Spirals _ -> new Spirals(rows, noise, seed);
      case Moons _ -> new Moons(rows, noise, seed);
      case Plane _ -> new Plane(rows, noise, seed);
      case Waves _ -> new Waves(rows, noise, seed);
      case Generator.Unknown unknown -> unknown;
    };
  }

  private static String hash(Generator generator) {
    return new Dataset("ds_1", "points", generator.generate(), Instant.EPOCH).sha256();
  }

  private static double mean(IntToDoubleFunction value) {
    return IntStream.range(0, ROWS).mapToDouble(value).average().orElseThrow();
  }

  private static final class Table {

    private final NumberColumn x1;
    private final NumberColumn x2;
    private final Column target;

    private Table(Generator generator) {
      List<Column> columns = generator.generate();
      x1 = (NumberColumn) columns.get(0);
      x2 = (NumberColumn) columns.get(1);
      target = columns.get(2);
    }

    private double radius(int row) {
      return Math.hypot(x1.value(row), x2.value(row));
    }

    private String label(int row) {
      CategoryColumn labels = (CategoryColumn) target;
      return labels.categories().get(labels.code(row));
    }

    private double y(int row) {
      return ((NumberColumn) target).value(row);
    }
  }
}

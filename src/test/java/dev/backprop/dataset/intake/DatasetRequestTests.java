package dev.backprop.dataset.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.generator.Generator;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.support.JacksonHandlerInstantiator;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

class DatasetRequestTests {

  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();
  private final DatasetFactory factory = new DatasetFactory(DatasetProperties.defaults(), CLOCK);

  @ParameterizedTest
  @MethodSource
  void readsData(String json, String columns) {
    DatasetRequest request = mapper.readValue(json, DatasetRequest.class);
    InputErrors errors = new InputErrors();
    Optional<Dataset> dataset = factory.fromRequest(request, errors, "#");
    assertThat(errors.toList()).isEmpty();
    assertThat(
            dataset.orElseThrow().columns().stream()
                .map(DatasetRequestTests::show)
                .collect(Collectors.joining(" ")))
        .isEqualTo(columns);
  }

  static Stream<Arguments> readsData() {
    return Stream.of(
        arguments(
            "{\"inputs\":[[0,1],[2,3.5]],\"targets\":[[4],[5]]}",
            "x1=[0.0, 2.0] x2=[1.0, 3.5] y1=[4.0, 5.0]"),
        arguments("{\"inputs\":[[0],[2]],\"targets\":[4,5]}", "x1=[0.0, 2.0] y1=[4.0, 5.0]"),
        arguments("{\"inputs\":[[0],[2]],\"targets\":[\"b\",\"a\"]}", "x1=[0.0, 2.0] y1=[b, a]"),
        arguments(
            "{\"inputs\":[[0],[2]],\"targets\":[[\"b\",1],[\"a\",0]]}",
            "x1=[0.0, 2.0] y1=[b, a] y2=[1.0, 0.0]"),
        arguments(
            "{\"inputs\":[[0],[2]],\"targets\":[true,false]}", "x1=[0.0, 2.0] y1=[true, false]"),
        arguments(
            "{\"inputs\":[[-1e-3],[3.4e38]],\"targets\":[0,1]}",
            "x1=[-0.001, 3.4E38] y1=[0.0, 1.0]"),
        arguments(
            "{\"rows\":[{\"a\":1,\"b\":\"u\"},{\"b\":\"v\",\"a\":2}]}", "a=[1.0, 2.0] b=[u, v]"),
        arguments(
            "{\"rows\":[{\"a\":null,\"b\":true},{},{\"a\":3}]}",
            "a=[null, null, 3.0] b=[true, null, null]"),
        arguments("{\"rows\":[{\"a\":null},{\"a\":\"007\"},{\"a\":\"7\"}]}", "a=[null, 007, 7]"),
        arguments(
            "{\"generator\":{\"type\":\"xor\"}}",
            "x1=[0.0, 0.0, 1.0, 1.0] x2=[0.0, 1.0, 0.0, 1.0] y=[0.0, 1.0, 1.0, 0.0]"),
        arguments(
            "{\"generator\":{\"type\":\"xor\",\"rows\":5,\"seed\":1}}",
            "x1=[0.0, 0.0, 1.0, 1.0, 0.0] x2=[0.0, 1.0, 0.0, 1.0, 0.0] y=[0.0, 1.0, 1.0, 0.0,"
                + " 0.0]"));
  }

  @ParameterizedTest
  @MethodSource
  void reportsAllThatIsWrong(String json, List<String> expected) {
    InputErrors errors = new InputErrors();
    assertThat(
            factory.fromRequest(mapper.readValue(json, DatasetRequest.class), errors, "#/dataset"))
        .isEmpty();
    assertThat(errors.toList())
        .extracting(error -> error.pointer() + " " + error.detail())
        .containsExactlyElementsOf(expected);
  }

  static Stream<Arguments> reportsAllThatIsWrong() {
    String one = "exactly one of inputs with targets, rows or generator is needed, ";
    String beyond = " is beyond a 32-bit float, whose largest number is 3.4e38";
    return Stream.of(
        wrong("{}", "# " + one + "none is given"),
        wrong(
            "{\"rows\":[{\"a\":1}],\"generator\":{\"type\":\"xor\"}}",
            "# " + one + "rows and generator are given"),
        wrong(
            "{\"inputs\":[[1]]}",
            "#/targets inputs are given, the targets that belong to them are missing"),
        wrong(
            "{\"targets\":[[1]]}",
            "#/inputs targets are given, the inputs that belong to them are missing"),
        wrong(
            "{\"name\":\"../x\",\"generator\":{\"type\":\"xor\"}}",
            "#/name the name '../x' is not 1 to 100 letters, digits, spaces, dots, underscores"
                + " and minus signs that begin with a letter or digit"),
        wrong(
            "{\"inputs\":[[1,2],[3],[4,5,6],[7,8],[]],\"targets\":[1,2,3,4,5]}",
            "#/inputs/1 row 1 has 1 value, the first row has 2",
            "#/inputs/2 row 2 has 3 values, the first row has 2",
            "#/inputs/4 row 4 has 0 values, the first row has 2"),
        wrong(
            "{\"inputs\":[[1e400,1e39],[\"3\",null],[true,[1]],[{\"a\":1},-1e39]],\"targets\":"
                + "[1,2,3,4]}",
            "#/inputs/0/0 1e400" + beyond,
            "#/inputs/0/1 1e39" + beyond,
            "#/inputs/1/0 a number is expected, not the text '3'",
            "#/inputs/1/1 a number is expected, not null",
            "#/inputs/2/0 a number is expected, not true",
            "#/inputs/2/1 a number is expected, not an array",
            "#/inputs/3/0 a number is expected, not an object",
            "#/inputs/3/1 -1e39" + beyond),
        wrong(
            "{\"inputs\":[[1],2,{\"a\":[1]},null,\"x\"],\"targets\":[1,2,3,4,5]}",
            "#/inputs/1 row 1 is the number 2, an array is expected",
            "#/inputs/2 row 2 is an object, an array is expected",
            "#/inputs/3 row 3 is null, an array is expected",
            "#/inputs/4 row 4 is the text 'x', an array is expected"),
        wrong(
            "{\"inputs\":{\"a\":[[1]]},\"targets\":7}",
            "#/inputs an array of rows is expected, not an object",
            "#/targets an array of rows is expected, not the number 7"),
        wrong(
            "{\"inputs\":[],\"targets\":[]}",
            "#/inputs there are no rows",
            "#/targets there are no rows"),
        wrong("{\"inputs\":[[]],\"targets\":[1]}", "#/inputs/0 row 0 has no values"),
        wrong(
            "{\"inputs\":[[1],[2]],\"targets\":[1,2,3]}",
            "#/targets targets has 3 rows, inputs has 2"),
        wrong(
            "{\"inputs\":[[1],[2],[3]],\"targets\":[1,\"a\",[2,3]]}",
            "#/targets/1 the text 'a' in a column of numbers",
            "#/targets/2 row 2 has 2 values, the first row has 1"),
        wrong(
            "{\"inputs\":[[1],[2]],\"targets\":[\"a\",null]}",
            "#/targets/1 row 1 is null, an array is expected"),
        wrong(
            "{\"inputs\":[[0],[1]],\"targets\":[{\"a\":1},\"b\"]}",
            "#/targets/0 row 0 is an object, an array is expected"),
        wrong("{\"rows\":[[1],{\"a\":1}]}", "#/rows/0 row 0 is an array, an object is expected"),
        wrong(
            "{\"rows\":[{\"a\":1,\"b/c\":\"u\"},{\"a\":\"x\",\"d\":1,\"b/c\":2},[1],7]}",
            "#/rows/1/a the text 'x' in a column of numbers",
            "#/rows/1/d row 1 has the key 'd', which the first row does not have; its keys are the"
                + " columns",
            "#/rows/1/b~1c the number 2 in a column of texts",
            "#/rows/2 row 2 is an array, an object is expected",
            "#/rows/3 row 3 is the number 7, an object is expected"),
        wrong(
            "{\"rows\":[{\"a\":{\"deep\":[1,{}]}},{\"a\":[1,2]}]}",
            "#/rows/0/a a number, text, boolean or null is expected, not an object",
            "#/rows/1/a a number, text, boolean or null is expected, not an array"),
        wrong("{\"rows\":[{\"a\":1},{\"a\":2,\"a\":3}]}", "#/rows/1/a row 1 has the key 'a' twice"),
        wrong(
            "{\"rows\":[{}]}",
            "#/rows/0 row 0 has no columns; the keys of the first row are the columns"),
        wrong("{\"rows\":[{\" \":1}]}", "#/rows/0/  a column has no name"),
        wrong(
            "{\"generator\":{\"type\":\"spiral\",\"rows\":3}}",
            "#/generator/type there is no generator 'spiral'; did you mean 'spirals'? One of: xor,"
                + " circles, gaussians, spirals, moons, plane, waves"),
        wrong(
            "{\"generator\":{\"rows\":3}}",
            "#/generator/type a generator needs a type; one of: xor, circles, gaussians, spirals,"
                + " moons, plane, waves"),
        wrong(
            "{\"generator\":{\"type\":\"moons\",\"rows\":1,\"noise\":-1}}",
            "#/generator/rows rows is 1, at least 2 are needed",
            "#/generator/noise noise is -1.0, a number from 0 to 1e6 is expected"),
        wrong(
            "{\"generator\":{\"type\":\"xor\",\"rows\":0,\"noise\":1e400}}",
            "#/generator/rows rows is 0, at least 1 is needed",
            "#/generator/noise noise is Infinity, a number from 0 to 1e6 is expected"),
        wrong(
            "{\"generator\":{\"type\":\"xor\",\"rows\":10000001}}",
            "#/generator/rows rows is 10000001, the limit of backprop.datasets.max-rows is"
                + " 10000000"));
  }

  private static Arguments wrong(String json, String... errors) {
    return arguments(
        json, Stream.of(errors).map(error -> "#/dataset" + error.substring(1)).toList());
  }

  @Test
  void reportsAtMostTheLimitOfErrors() {
    String rows =
        IntStream.range(0, 1000).mapToObj(_ -> "[\"x\"]").collect(Collectors.joining(","));
    DatasetRequest request =
        mapper.readValue(
            "{\"inputs\":[" + rows + "],\"targets\":[" + rows + "]}", DatasetRequest.class);
    assertThat(request.errors()).hasSize(InputErrors.LIMIT);
  }

  @Test
  void stopsAtEachLimit() {
    DatasetProperties limits =
        new DatasetProperties(3, 3, 6, 2, DataSize.ofKilobytes(1), new MemoryLimit(1000), 100);
    assertThat(errors(limits, "{\"inputs\":[[1],[1],[1],[1],[1]],\"targets\":[1,1,1]}"))
        .contains("#/inputs more than 3 rows, the limit of backprop.datasets.max-rows");
    assertThat(errors(limits, "{\"inputs\":[[1,2,3,4]],\"targets\":[1]}"))
        .contains("#/inputs more than 3 columns, the limit of backprop.datasets.max-columns");
    assertThat(errors(limits, "{\"inputs\":[[1,2,3],[1,2,3],[1,2,3]],\"targets\":[1,1,1]}"))
        .contains("#/inputs more than 6 cells, the limit of backprop.datasets.max-cells");
    assertThat(errors(limits, "{\"inputs\":[[1],[1],[1]],\"targets\":[\"a\",\"b\",\"c\"]}"))
        .containsExactly(
            "#/targets/2 the column has more than 2 different texts, the limit of"
                + " backprop.datasets.max-categories");
    assertThat(errors(limits, "{\"inputs\":[[1],[1],[1]],\"targets\":[1,2,3]}")).isEmpty();
    assertThat(errors(limits, "{\"rows\":[{\"a\":1,\"b\":2,\"c\":3,\"d\":4},{\"a\":1}]}"))
        .containsExactly("#/rows more than 3 columns, the limit of backprop.datasets.max-columns");
  }

  private static List<String> errors(DatasetProperties limits, String json) {
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      context.registerBean(DatasetProperties.class, () -> limits);
      context.refresh();
      return JsonMapper.builder()
          .handlerInstantiator(
              new JacksonHandlerInstantiator(context.getAutowireCapableBeanFactory()))
          .build()
          .readValue(json, DatasetRequest.class)
          .errors()
          .stream()
          .map(error -> error.pointer() + " " + error.detail())
          .toList();
    }
  }

  @Test
  void makesNothingThatDoesNotFit() {
    DatasetProperties limits =
        new DatasetProperties(100, 3, 1000, 2, DataSize.ofKilobytes(1), new MemoryLimit(120), 100);
    InputErrors errors = new InputErrors();
    DatasetRequest request =
        new DatasetRequest(null, null, null, null, new Generator.Xor(11, 0, 1));
    assertThat(new DatasetFactory(limits, CLOCK).fromRequest(request, errors, "#")).isEmpty();
    assertThat(errors.toList())
        .containsExactly(
            InputError.at(
                "#/generator/rows",
                "11 rows make 33 cells; backprop.datasets.max-cells and max-memory allow 30"));
  }

  @Test
  void refusesUnknownFieldsOfTheRequestAndTheGenerator() {
    assertThatExceptionOfType(UnrecognizedPropertyException.class)
        .isThrownBy(() -> mapper.readValue("{\"input\":[[1]]}", DatasetRequest.class));
    assertThatExceptionOfType(UnrecognizedPropertyException.class)
        .isThrownBy(
            () ->
                mapper.readValue(
                    "{\"generator\":{\"type\":\"xor\",\"row\":1}}", DatasetRequest.class));
  }

  @Test
  void fillsInTheDefaultsOfAGenerator() {
    assertThat(generator("xor")).isEqualTo(new Generator.Xor(4, 0, 42));
    assertThat(generator("circles")).hasToString("Circles[rows=500, noise=0.0, seed=42]");
    assertThat(generator("gaussians")).hasToString("Gaussians[rows=500, noise=1.0, seed=42]");
    assertThat(generator("spirals")).hasToString("Spirals[rows=500, noise=0.0, seed=42]");
    assertThat(generator("moons")).hasToString("Moons[rows=500, noise=0.0, seed=42]");
    assertThat(generator("plane")).hasToString("Plane[rows=500, noise=0.0, seed=42]");
    assertThat(generator("waves")).hasToString("Waves[rows=500, noise=0.0, seed=42]");
    for (String type : List.of("circles", "gaussians", "spirals", "moons", "plane", "waves")) {
      assertThat(generator(type, ",\"rows\":3,\"noise\":0.5,\"seed\":7"))
          .extracting(Generator::rows, Generator::noise, Generator::seed)
          .containsExactly(3, 0.5, 7L);
    }
  }

  private @Nullable Generator generator(String type) {
    return generator(type, "");
  }

  private @Nullable Generator generator(String type, String settings) {
    return mapper
        .readValue(
            "{\"generator\":{\"type\":\"" + type + "\"" + settings + "}}", DatasetRequest.class)
        .generator();
  }

  @Test
  void addsNoiseFromTheSeedAlone() {
    Generator.Xor generator = new Generator.Xor(400, 0.1, 7);
    NumberColumn x1 = (NumberColumn) generator.generate().getFirst();
    NumberColumn again = (NumberColumn) generator.generate().getFirst();
    NumberColumn other = (NumberColumn) new Generator.Xor(400, 0.1, 8).generate().getFirst();
    double sum = 0;
    for (int row = 0; row < 400; row++) {
      assertThat(x1.value(row)).isEqualTo(again.value(row));
      sum += Math.pow(x1.value(row) - (row >> 1 & 1), 2);
    }
    assertThat(Math.sqrt(sum / 400)).isBetween(0.08, 0.12);
    assertThat(x1.value(0)).isNotEqualTo(other.value(0));
  }

  @Test
  void givesIdsInTheOrderOfCreation() {
    List<String> ids =
        IntStream.range(0, 100)
            .mapToObj(_ -> factory.create(null, new Generator.Xor(4, 0, 0).generate()).id())
            .toList();
    assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(Dataset::isId);
  }

  private static String show(Column column) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (int row = 0; row < column.rows(); row++) {
      cells.add(
          column.isMissing(row)
              ? null
              : switch (column) {
                case NumberColumn numbers -> numbers.format().json(numbers.value(row));
                case CategoryColumn categories -> categories.categories().get(categories.code(row));
              });
    }
    return column.name() + "=" + cells;
  }
}

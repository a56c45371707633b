package dev.backprop.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.DatasetRepositories;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.dataset.intake.CsvOptions;
import dev.backprop.dataset.intake.DatasetFactory;
import dev.backprop.dataset.intake.DatasetRequest;
import dev.backprop.dataset.intake.FileParameters;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.Bound;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class DatasetControllerTests {

  private static final String PATH = "/api/v1/datasets";
  private static final String CSV = "size,color\n1,red\n3,blue\n,red\n";

  private final DatasetProperties properties =
      new DatasetProperties(100, 10, 1000, 10, DataSize.ofBytes(200), new MemoryLimit(1000), 100);
  private final DatasetRepository repository = DatasetRepositories.inMemory(properties);
  private final DatasetFactory factory =
      new DatasetFactory(
          properties, Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
  private final MockMvcTester mvc =
      MockMvcTester.create(
          MockMvcBuilders.standaloneSetup(new DatasetController(factory, repository, properties))
              .setControllerAdvice(new Advice())
              .setMessageConverters(
                  new BoundConverter(),
                  new JacksonJsonHttpMessageConverter(JsonMapper.builder().build()))
              .build());

  @Test
  void createsADatasetFromCsv() {
    MvcTestResult reply = post("text/csv", CSV, "?name=my data");
    assertThat(reply).hasStatus(201);
    Dataset saved = repository.list(PageRequest.of(null, null)).data().getFirst();
    assertThat(reply).hasHeader(HttpHeaders.LOCATION, PATH + "/" + saved.id());
    assertThat(reply)
        .bodyJson()
        .isStrictlyEqualTo(
            """
            {"id": "%s", "name": "my data", "rows": 3, "bytes": 38, "sha256": "%s",
             "createdAt": "2026-01-02T03:04:05Z",
             "columns": [
               {"name": "size", "type": "number", "missing": 1,
                "min": 1.0, "max": 3.0, "mean": 2.0, "standardDeviation": 1.0, "distinct": 2,
                "q1": 1.5, "median": 2.0, "q3": 2.5,
                "histogram": {"edges": [1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4000000000000004, 2.6, 2.8, 3.0],
                  "counts": [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]},
                "constant": false, "duplicateOf": null},
               {"name": "color", "type": "category", "missing": 0,
                "categories": [{"value": "red", "count": 2}, {"value": "blue", "count": 1}],
                "distinct": 2, "constant": false, "duplicateOf": null}]}
            """
                .formatted(saved.id(), saved.sha256()));
  }

  @Test
  void showsAColumnWithoutValues() {
    assertThat(post("text/csv", "a,b\n,1\n", ""))
        .bodyJson()
        .extractingPath("$.columns[0]")
        .isEqualTo(
            JsonMapper.shared()
                .readValue(
                    """
                    {"name": "a", "type": "number", "missing": 1,
                     "min": null, "max": null, "mean": null, "standardDeviation": null,
                     "distinct": 0, "q1": null, "median": null, "q3": null, "histogram": null,
                     "constant": true, "duplicateOf": null}
                    """,
                    Map.class));
  }

  @Test
  void followsTypesAndDelimiter() {
    assertThat(post("text/csv", "a,b;c\n1;2\n", "?delimiter=;&types=c:category"))
        .bodyJson()
        .extractingPath("$.columns[*].type")
        .isEqualTo(List.of("number", "category"));
  }

  @Test
  void createsADatasetFromJson() {
    assertThat(post("application/json", "{\"inputs\":[[0],[1]],\"targets\":[1,0]}", "?name=n"))
        .hasStatus(201)
        .bodyJson()
        .extractingPath("$.name")
        .isEqualTo("n");
    assertThat(
            post(
                "application/json",
                "{\"name\":\"own\",\"generator\":{\"type\":\"xor\"}}",
                "?name=other"))
        .hasStatus(201)
        .bodyJson()
        .extractingPath("$.name")
        .isEqualTo("own");
    assertThat(post("application/json", "{\"generator\":{\"type\":\"xor\"}}", ""))
        .hasStatus(201)
        .bodyJson()
        .extractingPath("$.name")
        .isEqualTo("data");
  }

  @Test
  void createsADatasetFromAForm() {
    MockMultipartFile file =
        new MockMultipartFile(
            "file", "iris.2.csv", "text/csv", CSV.getBytes(StandardCharsets.UTF_8));
    assertThat(mvc.post().uri(PATH).multipart().file(file))
        .hasStatus(201)
        .bodyJson()
        .extractingPath("$.name")
        .isEqualTo("iris.2");
    MockMultipartFile odd =
        new MockMultipartFile(
            "file", "../../etc/passwd", "text/csv", CSV.getBytes(StandardCharsets.UTF_8));
    assertThat(mvc.post().uri(PATH + "?types=size:category").multipart().file(odd))
        .hasStatus(201)
        .bodyJson()
        .satisfies(json -> assertThat(json).extractingPath("$.name").isEqualTo("data"))
        .extractingPath("$.columns[0].type")
        .isEqualTo("category");
  }

  @Test
  void refusesAFormWithJson() {
    MockMultipartFile file =
        new MockMultipartFile("file", "a.json", "application/json", new byte[] {'{', '}'});
    assertThat(mvc.post().uri(PATH).multipart().file(file)).hasStatus(415);
  }

  @Test
  void reportsFormAndMeaningOfAJsonBodyAtOnce() {
    assertThat(post("application/json", "{\"inputs\":[[1],[2,3]],\"targets\":[1,\"x\"]}", ""))
        .hasStatus(422)
        .bodyJson()
        .extractingPath("$.errors[*].pointer")
        .isEqualTo(List.of("#/inputs/1", "#/targets/1"));
    assertThat(post("application/json", "{\"inputs\":[[1],[2,3]],\"targets\":[1,2],\"x\":1}", ""))
        .hasStatus(400)
        .bodyJson()
        .extractingPath("$.errors[*].pointer")
        .isEqualTo(List.of("#/x", "#/inputs/1"));
    assertThat(post("application/json", "{\"generator\":{\"type\":\"xor\"}}", "?name=a/b"))
        .hasStatus(422)
        .bodyJson()
        .extractingPath("$.errors[0].pointer")
        .isEqualTo("#/name");
  }

  @Test
  void reportsBadLinesWithTheirPlace() {
    assertThat(post("text/csv", "a,b\n1,2\n3\n4,1e99\n", ""))
        .hasStatus(422)
        .bodyJson()
        .extractingPath("$.errors")
        .isEqualTo(
            List.of(
                Map.of("line", 3, "detail", "line 3 has 1 field, the header has 2"),
                Map.of(
                    "line",
                    4,
                    "column",
                    "b",
                    "detail",
                    "1e99 is beyond a 32-bit float, whose largest number is 3.4e38")));
  }

  @Test
  void refusesBadParameters() {
    assertThat(post("text/csv", CSV, "?name=../x&types=size:text&delimiter=x"))
        .hasStatus(400)
        .bodyJson()
        .extractingPath("$.errors[*].pointer")
        .isEqualTo(List.of("#/name", "#/delimiter", "#/types"));
  }

  @Test
  void refusesBodiesOverTheLimit() {
    String large = "a\n" + "1\n".repeat(99);
    assertThat(post("text/csv", large, "")).hasStatus(201);
    assertThat(post("text/csv", large + "1\n", ""))
        .hasStatus(413)
        .bodyJson()
        .extractingPath("$.detail")
        .isEqualTo("The file is larger than 200 bytes, the limit of backprop.datasets.max-upload.");
    MockMultipartFile file =
        new MockMultipartFile(
            "file", "a.csv", "text/csv", (large + "1\n").getBytes(StandardCharsets.UTF_8));
    assertThat(mvc.post().uri(PATH).multipart().file(file)).hasStatus(413);
  }

  @Test
  void countsBodiesOfUnknownLength() {
    byte[] large = ("a\n" + "1\n".repeat(100)).getBytes(StandardCharsets.UTF_8);
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.parseMediaType("text/csv"));
    assertThat(
            catchThrowableOfType(
                    ProblemException.class,
                    () ->
                        new DatasetController(factory, repository, properties)
                            .createFromFile(
                                new ByteArrayInputStream(large),
                                headers,
                                new FileParameters(null, null, null, null, null, null, null, null)))
                .type()
                .status())
        .isEqualTo(413);
  }

  @Test
  void refusesEncodingsThatItDoesNotRead() {
    assertThat(post("text/csv;charset=shift_jis", CSV, "")).hasStatus(415);
    assertThat(post("text/csv;charset=utf-8", CSV, "")).hasStatus(201);
    assertThat(
            mvc.post()
                .uri(PATH)
                .contentType("text/csv")
                .header(HttpHeaders.CONTENT_ENCODING, "br")
                .content(CSV))
        .hasStatus(415);
    assertThat(post("text/plain", CSV, "")).hasStatus(415);
  }

  @Test
  void refusesWhatTheMemoryHasNoRoomFor() {
    String rows = "a,b\n" + "1,2\n".repeat(45);
    assertThat(post("text/csv", rows, "")).hasStatus(201);
    assertThat(post("text/csv", rows, "")).hasStatus(201);
    assertThat(post("text/csv", rows, "")).hasStatus(507);
  }

  @Test
  void answersNotModifiedToWhomHasIt() {
    Dataset saved = saved();
    MvcTestResult reply = mvc.get().uri(PATH + "/" + saved.id()).exchange();
    assertThat(reply).hasStatus(200).hasHeader(HttpHeaders.ETAG, "\"" + saved.sha256() + "\"");
    assertThat(
            mvc.get()
                .uri(PATH + "/" + saved.id())
                .header(HttpHeaders.IF_NONE_MATCH, "\"" + saved.sha256() + "\""))
        .hasStatus(304);
    assertThat(
            mvc.get().uri(PATH + "/" + saved.id()).header(HttpHeaders.IF_NONE_MATCH, "\"other\""))
        .hasStatus(200);
  }

  @Test
  void listsNewestFirstWithALink() {
    Dataset first = saved();
    Dataset second = saved();
    MvcTestResult page = mvc.get().uri(PATH + "?limit=1").exchange();
    assertThat(page)
        .hasStatus(200)
        .hasHeader(
            HttpHeaders.LINK, "<" + PATH + "?limit=1&after=" + second.id() + ">; rel=\"next\"");
    assertThat(page).bodyJson().extractingPath("$.data[*].id").isEqualTo(List.of(second.id()));
    assertThat(page).bodyJson().extractingPath("$.next").isEqualTo(second.id());
    MvcTestResult last = mvc.get().uri(PATH + "?limit=1&after=" + second.id()).exchange();
    assertThat(last).bodyJson().extractingPath("$.data[*].id").isEqualTo(List.of(first.id()));
    assertThat(last).bodyJson().extractingPath("$.next").isNull();
    assertThat(last).doesNotContainHeader(HttpHeaders.LINK);
    assertThat(mvc.get().uri(PATH + "?limit=0")).hasStatus(400);
    assertThat(mvc.get().uri(PATH + "?after=zzz")).hasStatus(400);
  }

  @Test
  void givesRowsPageByPage() {
    Dataset saved = saved();
    String rows = PATH + "/" + saved.id() + "/rows";
    assertThat(mvc.get().uri(rows + "?limit=2"))
        .hasStatus(200)
        .bodyJson()
        .isStrictlyEqualTo(
            """
            {"data": [{"size": 1.0, "color": "red"}, {"size": 3.0, "color": "blue"}], "next": "1"}
            """);
    assertThat(mvc.get().uri(rows + "?limit=2&after=1"))
        .bodyJson()
        .isStrictlyEqualTo("{\"data\": [{\"size\": null, \"color\": \"red\"}], \"next\": null}");
    assertThat(mvc.get().uri(rows + "?after=2"))
        .bodyJson()
        .isStrictlyEqualTo("{\"data\": [], \"next\": null}");
    assertThat(mvc.get().uri(rows + "?after=3")).hasStatus(400);
    assertThat(mvc.get().uri(rows + "?after=-1")).hasStatus(400);
    assertThat(mvc.get().uri(rows + "?after=x")).hasStatus(400);
  }

  @Test
  void deletesOnceAndNotWhileInUse() {
    Dataset saved = saved();
    String uri = PATH + "/" + saved.id();
    try (DatasetRepository.Lease lease = repository.lease(saved.id())) {
      assertThat(lease.dataset()).isSameAs(saved);
      assertThat(mvc.delete().uri(uri)).hasStatus(409);
    }
    assertThat(mvc.delete().uri(uri)).hasStatus(204);
    assertThat(mvc.delete().uri(uri)).hasStatus(404);
    assertThat(mvc.get().uri(uri)).hasStatus(404);
    assertThat(mvc.get().uri(uri + "/rows")).hasStatus(404);
  }

  private MvcTestResult post(String type, String body, String query) {
    return mvc.post().uri(PATH + query).contentType(type).content(body).exchange();
  }

  private Dataset saved() {
    try {
      Dataset dataset =
          factory.fromCsv(
              new ByteArrayInputStream(CSV.getBytes(StandardCharsets.UTF_8)), CsvOptions.NONE);
      repository.save(dataset);
      return dataset;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Stands in for the application's advice.
  @RestControllerAdvice
  static class Advice {

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> problem(ProblemException problem) {
      return ResponseEntity.status(problem.type().status())
          .body(Map.of("detail", problem.detail(), "errors", problem.errors()));
    }
  }

  /// Stands in for the application's reader of JSON bodies: one error of form for a field `x`.
  private static final class BoundConverter extends AbstractHttpMessageConverter<Bound<?>> {

    private final JsonMapper mapper = JsonMapper.builder().build();

    private BoundConverter() {
      super(MediaType.APPLICATION_JSON);
    }

    @Override
    protected boolean supports(Class<?> type) {
      return type == Bound.class;
    }

    @Override
    protected Bound<?> readInternal(Class<? extends Bound<?>> type, HttpInputMessage message)
        throws IOException {
      String body = new String(message.getBody().readAllBytes(), StandardCharsets.UTF_8);
      List<InputError> errors =
          body.contains("\"x\":")
              ? List.of(InputError.at("#/x", "there is no field 'x'"))
              : List.of();
      return new Bound<>(
          mapper
              .readerFor(DatasetRequest.class)
              .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .readValue(body),
          errors);
    }

    @Override
    protected void writeInternal(@Nullable Bound<?> body, HttpOutputMessage message) {
      throw new UnsupportedOperationException();
    }
  }
}

package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.example.Classifier;
import dev.backprop.client.BackpropDatasets;
import dev.backprop.client.BackpropErrors;
import dev.backprop.client.BackpropException;
import dev.backprop.client.BackpropJobs;
import dev.backprop.client.BackpropModels;
import dev.backprop.client.Dataset;
import dev.backprop.client.Job;
import dev.backprop.client.JobRequest;
import dev.backprop.client.Model;
import dev.backprop.client.PredictRequest;
import dev.backprop.client.PredictResponse;
import dev.backprop.client.Prediction;
import dev.backprop.client.Problem;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/// The client that other Spring services use, made by hand and injected.
@EndToEnd
class ClientTests {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<List<Integer>> INPUTS =
      List.of(List.of(0, 0), List.of(0, 1), List.of(1, 0), List.of(1, 1));
  private static final List<List<Integer>> TARGETS =
      List.of(List.of(0), List.of(1), List.of(1), List.of(0));

  private final Api api;
  private final BackpropJobs jobs;
  private final BackpropModels models;
  private final BackpropDatasets datasets;

  ClientTests(Api api) {
    this.api = api;
    RestClient client =
        BackpropErrors.handledBy(RestClient.builder().baseUrl(api.uri("").toString())).build();
    HttpServiceProxyFactory factory =
        HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client)).build();
    jobs = factory.createClient(BackpropJobs.class);
    models = factory.createClient(BackpropModels.class);
    datasets = factory.createClient(BackpropDatasets.class);
  }

  @Test
  void trainsXorAndAsksIt() {
    Job job =
        jobs.train(
            JobRequest.of("client-xor", JobRequest.Data.of(INPUTS, TARGETS))
                .network(Map.of("hidden", List.of(Map.of("units", 4, "activation", "tanh"))))
                .training(
                    Map.of(
                        "epochs", 500, "optimizer", Map.of("type", "adam", "learningRate", 0.05))),
            PATIENCE);
    assertThat(job.status()).isEqualTo("succeeded");
    assertThat(job.isFinished()).isTrue();
    assertThat(jobs.get(job.id())).isEqualTo(job);
    Job.ModelReference made = Objects.requireNonNull(job.model());

    PredictResponse response = models.predict(made.name(), PredictRequest.inputs(INPUTS));
    assertThat(response.model()).isEqualTo("client-xor");
    assertThat(response.version()).isEqualTo(made.version());
    List<Long> rounded = new ArrayList<>();
    for (Prediction prediction : response.predictions()) {
      rounded.add(
          Math.round(Objects.requireNonNull(prediction.values()).getOrDefault("y1", Double.NaN)));
    }
    assertThat(rounded).containsExactly(0L, 1L, 1L, 0L);
    assertThat(
            models.predict(
                made.name(), made.version(), PredictRequest.row(Map.of("x1", 0, "x2", 1))))
        .extracting(PredictResponse::first)
        .isEqualTo(response.predictions().get(1));

    Model model = models.get(made.name());
    assertThat(model).isEqualTo(models.get(made.name(), made.version()));
    assertThat(model.task()).isEqualTo("regression");
    assertThat(model.parameterCount()).isEqualTo(2 * 4 + 4 + 4 + 1);
    assertThat(model.metrics().get("trainingR2")).isGreaterThan(0.9);
    models.delete(made.name(), made.version());
    jobs.delete(job.id());
    assertThat(refusal(() -> models.get(made.name())).status()).isEqualTo(404);
    assertThat(refusal(() -> jobs.get(job.id())).status()).isEqualTo(404);
  }

  @Test
  void uploadsATableAndTellsPredictionsInOtherWays() throws IOException {
    Dataset iris = datasets.uploadCsv("iris", Files.readString(Path.of("examples/iris.csv")));
    assertThat(iris.rows()).isEqualTo(150);
    assertThat(iris.columns()).contains(new Dataset.Column("species", "category", 0));
    assertThat(datasets.get(iris.id())).isEqualTo(iris);
    jobs.train(
        JobRequest.of("client-iris", JobRequest.Data.of(iris))
            .targets("species")
            .training(Map.of("epochs", 40))
            .validation(Map.of("fraction", 0.2)),
        PATIENCE);
    Prediction prediction =
        models
            .predict(
                "client-iris",
                PredictRequest.inputs(List.of(List.of(6.3, 3.3, 6.0, 2.5))),
                2,
                null,
                true,
                null)
            .first();
    assertThat(prediction.label()).isEqualTo("virginica");
    assertThat(Objects.requireNonNull(prediction.top()))
        .hasSize(2)
        .first()
        .extracting(Prediction.RankedLabel::label)
        .isEqualTo("virginica");
    assertThat(
            inject()
                .label(
                    "client-iris",
                    Map.of(
                        "sepal_length",
                        5.0,
                        "sepal_width",
                        3.4,
                        "petal_length",
                        1.5,
                        "petal_width",
                        0.2)))
        .isEqualTo("setosa");
    datasets.delete(iris.id());
  }

  /// As an application would, whose `spring.http.serviceclient.backprop.base-url` the bean stands
  /// for.
  private Classifier inject() {
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      context.registerBean(
          RestClientHttpServiceGroupConfigurer.class,
          () ->
              groups ->
                  groups.forEachClient(
                      (group, client) -> {
                        client.baseUrl(api.uri("").toString());
                      }));
      context.registerBean(
          "errors",
          RestClientHttpServiceGroupConfigurer.class,
          () -> BackpropErrors.inGroup("backprop"));
      context.register(Classifier.class);
      context.refresh();
      BackpropException refusal =
          refusal(() -> context.getBean(BackpropModels.class).get("nobody"));
      assertThat(refusal).hasMessageContaining("There is no model 'nobody'");
      return context.getBean(Classifier.class);
    }
  }

  @Test
  void namesEveryPlaceThatIsWrong() {
    BackpropException refusal =
        refusal(
            () ->
                jobs.submit(
                    JobRequest.of("wrong", JobRequest.Data.generated("xor", 4))
                        .training(Map.of("epochs", 0, "lerningRate", 1))));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.problem().type()).isEqualTo("/problems/invalid-request");
    assertThat(refusal.errors())
        .extracting(Problem.Place::pointer)
        .contains("#/training/epochs", "#/training/lerningRate");
    assertThat(refusal.requestId()).startsWith("req_");
    assertThat(refusal).hasMessageContaining(refusal.requestId());
  }

  @Test
  void takesWhatIsNoProblemForOne() {
    RestClient client =
        BackpropErrors.handledBy(RestClient.builder().baseUrl(api.uri("/v2").toString())).build();
    BackpropException refusal =
        refusal(() -> client.get().uri("/models/nobody").retrieve().body(String.class));
    assertThat(refusal.status()).isEqualTo(404);
    assertThat(refusal.errors()).isEmpty();
  }

  private static BackpropException refusal(Runnable call) {
    return Objects.requireNonNull(catchThrowableOfType(BackpropException.class, call::run));
  }

  @Test
  void isShownByTheReadme() throws IOException {
    String source = Files.readString(Path.of("src/test/java/com/example/Classifier.java"));
    assertThat(Files.readString(Path.of("README.md")))
        .contains("```java\n" + source.substring(source.indexOf("@Service")) + "```\n");
  }

  @Test
  void runsOnJava17() throws IOException {
    try (DataInputStream code =
        new DataInputStream(
            Objects.requireNonNull(
                BackpropModels.class.getResourceAsStream("BackpropModels.class")))) {
      code.readInt();
      code.readUnsignedShort();
      assertThat(code.readUnsignedShort()).isEqualTo(61);
    }
  }
}

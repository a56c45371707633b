import java.util.List;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.JobsApi;
import org.openapitools.client.api.PredictionsApi;
import org.openapitools.client.model.AdamSettings;
import org.openapitools.client.model.DatasetSource;
import org.openapitools.client.model.Job;
import org.openapitools.client.model.JobSpec;
import org.openapitools.client.model.Layer;
import org.openapitools.client.model.LayerActivation;
import org.openapitools.client.model.NetworkSettings;
import org.openapitools.client.model.PredictRequest;
import org.openapitools.client.model.PredictResponse;
import org.openapitools.client.model.TrainingSettings;
import org.openapitools.client.model.TrainingSettingsOptimizer;

/** Trains XOR and asks for it with the client that openapi-generator makes of the document. */
public final class TrainXor {

  public static void main(String[] args) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(args[0]);
    AdamSettings adam = new AdamSettings();
    adam.learningRate(0.05);
    JobSpec spec =
        new JobSpec()
            .name("generated-java")
            .dataset(
                new DatasetSource()
                    .inputs(List.of(row(0, 0), row(0, 1), row(1, 0), row(1, 1)))
                    .targets(List.of(row(0), row(1), row(1), row(0))))
            .network(
                new NetworkSettings()
                    .hidden(List.of(new Layer().units(4).activation(new LayerActivation("tanh")))))
            .training(
                new TrainingSettings()
                    .epochs(500)
                    .optimizer(new TrainingSettingsOptimizer(adam)));
    Job job = new JobsApi(client).createJob(spec, "wait=30", "\"xor-in-java\"");
    check(job.getStatus() == Job.StatusEnum.SUCCEEDED, "the job is " + job.getStatus());
    check(
        new JobsApi(client).getJob(job.getId()).getModel().getVersion().equals(job.getModel().getVersion()),
        "the job has its model");
    PredictResponse response =
        new PredictionsApi(client)
            .predictModel(
                "generated-java",
                new PredictRequest().inputs(List.of(List.of(0, 0), List.of(0, 1), List.of(1, 0), List.of(1, 1))),
                null,
                null,
                null,
                null);
    int[] expected = {0, 1, 1, 0};
    for (int i = 0; i < expected.length; i++) {
      float y = response.getPredictions().get(i).getValues().get("y1");
      check(Math.round(y) == expected[i], "row " + i + " is " + y);
    }
    System.out.println("Java: XOR learned, " + response.getModel() + " " + response.getVersion());
  }

  private static List<Float> row(float... numbers) {
    List<Float> row = new java.util.ArrayList<>();
    for (float number : numbers) {
      row.add(number);
    }
    return row;
  }

  private static void check(boolean right, String what) {
    if (!right) {
      throw new AssertionError(what);
    }
  }
}

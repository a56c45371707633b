package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.nn.Overflow;
import dev.backprop.core.train.Examples;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DivergenceAdviceTests {

  private static final Overflow HIDDEN = new Overflow(0, Overflow.Kind.SUMS);

  @ParameterizedTest
  @MethodSource
  void fitsTheCase(String members, float x, float y, Overflow overflow, String expected) {
    PreparedJob job =
        JobService.planner(new FakeDatasets(), JobService.properties(1))
            .prepare(SpecReader.read("{%s, %s}".formatted(JobService.DATASET, members)));
    Examples examples = new Examples(Matrices.column(1, -x), Matrices.column(-y, 1));
    JobError error = new DivergenceAdvice(job, examples).error("It is over.", overflow);
    assertThat(error.code()).isEqualTo("diverged");
    assertThat(error.detail()).isEqualTo("It is over. " + expected);
  }

  static Stream<Arguments> fitsTheCase() {
    return Stream.of(
        arguments(
            "\"training\": {\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 0.7}}",
            1,
            1,
            HIDDEN,
            "It began in hidden layer 1, whose sums became too large. Try a smaller learning rate"
                + " than 0.7, such as 0.07, or \"gradientClipping\": {\"norm\": 1.0}. The outputs"
                + " of relu are unbounded, those of tanh are within -1 and 1. The loss huber keeps"
                + " the gradient by the outputs bounded."),
        arguments(
            """
            "preprocessing": {"standardize": false},
            "training": {"loss": "logCosh", "gradientClipping": {"value": 5.0}}""",
            123456,
            1,
            new Overflow(1, Overflow.Kind.GRADIENT),
            "It began in the output layer, whose gradient became too large. Try a smaller learning"
                + " rate than 0.001, such as 1.0E-4. The inputs reach 123456.0: let"
                + " \"preprocessing\": {\"standardize\": true} scale them."),
        arguments(
            """
            "network": {"hidden": [{"units": 2, "activation": "tanh"}]},
            "training": {"optimizer": {"type": "rprop", "learningRate": 1.0}, "batchSize": "full"}""",
            5000,
            5000,
            new Overflow(0, Overflow.Kind.WEIGHTS),
            "It began in hidden layer 1, whose weights a step made too large. Try a smaller learning"
                + " rate than 1.0, such as 0.1. The targets reach 5000.0: scale them, or take the"
                + " loss huber, whose gradient by the outputs is bounded."),
        arguments(
            "\"preprocessing\": {\"standardizeTargets\": false}",
            1,
            5000,
            new Overflow(1, Overflow.Kind.SUMS),
            "It began in the output layer, whose sums became too large. Try a smaller learning rate"
                + " than 0.001, such as 1.0E-4, or \"gradientClipping\": {\"norm\": 1.0}. The"
                + " targets reach 5000.0: let \"preprocessing\": {\"standardizeTargets\": true}"
                + " scale them, or take the loss huber, whose gradient by the outputs is bounded."));
  }
}

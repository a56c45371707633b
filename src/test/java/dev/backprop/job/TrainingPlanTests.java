package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.nn.Loss;
import dev.backprop.core.train.AdaDelta;
import dev.backprop.core.train.AdaGrad;
import dev.backprop.core.train.Adam;
import dev.backprop.core.train.AdamW;
import dev.backprop.core.train.AmsGrad;
import dev.backprop.core.train.BatchSize;
import dev.backprop.core.train.EarlyStopping;
import dev.backprop.core.train.GradientClipping;
import dev.backprop.core.train.Lbfgs;
import dev.backprop.core.train.Lion;
import dev.backprop.core.train.Mode;
import dev.backprop.core.train.Nadam;
import dev.backprop.core.train.Optimizer;
import dev.backprop.core.train.Regularization;
import dev.backprop.core.train.RmsProp;
import dev.backprop.core.train.Rprop;
import dev.backprop.core.train.Schedule;
import dev.backprop.core.train.Sgd;
import dev.backprop.core.train.Watched;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.problem.Bound;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonBinder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import tools.jackson.databind.json.JsonMapper;

/// The `training` of a request: defaults, what is echoed, what is refused.
@SpringBootTest
class TrainingPlanTests {

  @Autowired private JsonBinder binder;
  @Autowired private JsonMapper json;

  private Bound<TrainingSettings> bind(String text) {
    return binder.bind(json.readTree(text.replace('\'', '"')), TrainingSettings.class);
  }

  private TrainingPlan plan(String text) {
    return plan(text, false);
  }

  private TrainingPlan plan(String text, boolean validated) {
    Bound<TrainingSettings> bound = bind(text);
    InputErrors errors = new InputErrors();
    errors.addAll(bound.errors());
    TrainingPlan.check(bound.value(), validated, errors);
    assertThat(errors.toList()).isEmpty();
    return TrainingPlan.of(bound.value(), new Loss.MeanSquaredError(), validated, List.of());
  }

  static Stream<Arguments> defaults() {
    return Stream.of(
        Arguments.of("sgd", new Sgd(0.01)),
        Arguments.of("adaGrad", new AdaGrad(0.01, 1e-10)),
        Arguments.of("rmsProp", new RmsProp(0.01, 0.9, 1e-8)),
        Arguments.of("adaDelta", new AdaDelta(1, 0.95, 1e-6)),
        Arguments.of("adam", new Adam(0.001, 0.9, 0.999, 1e-8)),
        Arguments.of("adamW", new AdamW(0.001, 0.9, 0.999, 1e-8, 0.01)),
        Arguments.of("nadam", new Nadam(0.002, 0.9, 0.999, 1e-8, 0.004)),
        Arguments.of("amsGrad", new AmsGrad(0.001, 0.9, 0.999, 1e-8)),
        Arguments.of("lion", new Lion(1e-4, 0.9, 0.99, 0)),
        Arguments.of("rprop", new Rprop(0.1, 0.5, 1.2, 1e-6, 50)),
        Arguments.of("lbfgs", new Lbfgs(1, 10, 25)));
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void fillsInTheDefaultsOfAnOptimizerAndEchoesThem(String type, Optimizer expected) {
    TrainingPlan plan = plan("{'optimizer': {'type': '" + type + "'}}");

    assertThat(plan.spec().optimizer()).isEqualTo(expected);
    String echoed = json.writeValueAsString(plan.settings());
    assertThat(echoed).contains("\"type\":\"" + type + "\"");
    assertThat(plan(echoed).spec()).isEqualTo(plan.spec());
  }

  @Test
  void takesFullBatchesWhereNoSizeIsGivenForAnOptimizerThatNeedsThem() {
    assertThat(plan("{'optimizer': {'type': 'rprop'}}").spec().batchSize())
        .isEqualTo(new BatchSize.Full());
    assertThat(plan("{'optimizer': {'type': 'lbfgs'}}").spec().batchSize())
        .isEqualTo(new BatchSize.Full());
    assertThat(plan("{}").spec().batchSize()).isEqualTo(new BatchSize.Rows(32));
  }

  static Stream<Arguments> schedules() {
    return Stream.of(
        Arguments.of("{'type': 'constant'}", new Schedule.Constant()),
        Arguments.of("{'type': 'step', 'every': 9}", new Schedule.Step(9, 0.1)),
        Arguments.of("{'type': 'exponential', 'factor': 0.9}", new Schedule.Exponential(0.9)),
        Arguments.of("{'type': 'polynomial'}", new Schedule.Polynomial(100, 1, 0)),
        Arguments.of("{'type': 'cosine'}", new Schedule.Cosine(100, 1, 0)),
        Arguments.of("{'type': 'oneCycle'}", new Schedule.OneCycle(100, 0.3, 25, 1e4)),
        Arguments.of("{'type': 'inverseTime', 'decay': 0.5}", new Schedule.InverseTime(0.5)),
        Arguments.of(
            "{'type': 'reduceOnPlateau'}", new Schedule.ReduceOnPlateau(0.1, 10, 1e-4, 0, 0)),
        Arguments.of(
            "{'type': 'cosine', 'warmUp': {'epochs': 10}}",
            new Schedule.WarmUp(10, new Schedule.Cosine(90, 1, 0))),
        Arguments.of(
            "{'type': 'constant', 'warmUp': {'epochs': 10}}",
            new Schedule.WarmUp(10, new Schedule.Constant())));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void fillsInTheDefaultsOfAScheduleAndEchoesThem(String schedule, Schedule expected) {
    TrainingPlan plan = plan("{'epochs': 100, 'schedule': " + schedule + "}");

    assertThat(plan.spec().schedule()).isEqualTo(expected);
    assertThat(plan(json.writeValueAsString(plan.settings())).spec()).isEqualTo(plan.spec());
  }

  @Test
  void fillsInTheDefaultsOfEarlyStoppingAndEchoesThem() {
    String all =
        "{'earlyStopping': {'metric': 'trainingLoss', 'patience': 3, 'minDelta': 0.5,"
            + " 'baseline': 2, 'startEpoch': 4}}";

    assertThat(plan("{}").spec().earlyStopping()).isNull();
    assertThat(plan("{'earlyStopping': {}}", false).spec().earlyStopping())
        .isEqualTo(new EarlyStopping(Watched.TRAINING_LOSS, 20, 0, null, 0));
    assertThat(plan("{'earlyStopping': {}}", true).spec().earlyStopping())
        .isEqualTo(new EarlyStopping(Watched.VALIDATION_LOSS, 20, 0, null, 0));
    assertThat(plan(all, true).spec().earlyStopping())
        .isEqualTo(new EarlyStopping(Watched.TRAINING_LOSS, 3, 0.5, 2.0, 4));
    assertThat(
            plan("{'earlyStopping': {'metric': 'validationR2', 'baseline': -0.5}}", true)
                .spec()
                .earlyStopping())
        .isEqualTo(new EarlyStopping(Watched.VALIDATION_R2, 20, 0, -0.5, 0, Mode.MAX));
    assertThat(
            plan("{'earlyStopping': {'metric': 'accuracy', 'mode': 'min'}}").spec().earlyStopping())
        .isEqualTo(new EarlyStopping(Watched.ACCURACY, 20, 0, null, 0, Mode.MIN));
    assertThat(json.writeValueAsString(plan("{'earlyStopping': {}}").settings()))
        .contains(
            "\"earlyStopping\":{\"metric\":\"trainingLoss\",\"patience\":20,\"minDelta\":0.0,"
                + "\"startEpoch\":0,\"mode\":\"min\"}");
  }

  @Test
  void takesPenaltiesAndClippingAndEchoesThem() {
    TrainingPlan none = plan("{}");
    TrainingPlan norm =
        plan(
            "{'l1': 0.1, 'l2': 0.2, 'inputDropout': 0.3, 'inputNoise': 0.4, 'maxNorm': 3, 'gradientClipping': {'norm': 3}}");
    TrainingPlan value = plan("{'gradientClipping': {'value': 4}}");

    assertThat(none.spec().regularization()).isEqualTo(Regularization.NONE);
    assertThat(none.spec().gradientClipping()).isEqualTo(new GradientClipping.None());
    assertThat(norm.spec().regularization()).isEqualTo(new Regularization(0.1, 0.2, 0.3, 0.4, 3.0));
    assertThat(norm.spec().gradientClipping()).isEqualTo(new GradientClipping.Norm(3));
    assertThat(value.spec().gradientClipping()).isEqualTo(new GradientClipping.Value(4));
    assertThat(json.writeValueAsString(none.settings()))
        .contains(
            "\"l1\":0.0,\"l2\":0.0,\"inputDropout\":0.0,\"inputNoise\":0.0,\"maxNorm\":null,\"gradientClipping\":null");
    assertThat(json.writeValueAsString(norm.settings()))
        .contains(
            "\"l1\":0.1,\"l2\":0.2,\"inputDropout\":0.3,\"inputNoise\":0.4,\"maxNorm\":3.0,\"gradientClipping\":{\"norm\":3.0}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'earlyStopping': {'metric': 'acuracy'}} | #/earlyStopping/metric"
            + " | did you mean 'accuracy'? One of: trainingLoss, validationLoss, accuracy,",
        "{'earlyStopping': {'mode': 'auto'}} | #/earlyStopping/mode | one of: min, max",
        "{'earlyStopping': {'patience': -1}} | #/earlyStopping/patience | must not be below 0",
        "{'earlyStopping': {'minDelta': -1}} | #/earlyStopping/minDelta | must be from 0 to 1e30",
        "{'earlyStopping': {'baseline': -1e31}} | #/earlyStopping/baseline | must be from -1e30 to 1e30",
        "{'earlyStopping': {'startEpoch': -1}} | #/earlyStopping/startEpoch"
            + " | must not be below 0",
        "{'schedule': {'type': 'step'}} | #/schedule/every | the epochs of a step are needed",
        "{'schedule': {'type': 'step', 'every': 0}} | #/schedule/every | at least 1",
        "{'schedule': {'type': 'exponential', 'factor': 1}} | #/schedule/factor"
            + " | must be between 0 and 1",
        "{'schedule': {'type': 'polynomial', 'power': 0}} | #/schedule/power | from 1e-3 to 1000",
        "{'schedule': {'type': 'cosine', 'growth': 0}} | #/schedule/growth | from 1 to 100",
        "{'schedule': {'type': 'oneCycle', 'rise': 1}} | #/schedule/rise | between 0 and 1",
        "{'schedule': {'type': 'oneCycle', 'warmUp': {'epochs': 1}}} | #/schedule/warmUp"
            + " | There is no field 'warmUp' here",
        "{'schedule': {'type': 'inverseTime'}} | #/schedule/decay | the decay is needed",
        "{'schedule': {'type': 'reduceOnPlateau', 'patience': -1}} | #/schedule/patience"
            + " | must not be below 0",
        "{'schedule': {'type': 'constant', 'warmUp': {'epochs': 0}}} | #/schedule/warmUp/epochs"
            + " | at least 1",
        "{'schedule': {'type': 'cosin'}} | #/schedule/type | did you mean 'cosine'?",
        "{'l1': -1}                         | #/l1 | must be from 0 to 1e6",
        "{'l2': 1e7}                        | #/l2 | must be from 0 to 1e6",
        "{'inputDropout': -0.1}             | #/inputDropout | must be from 0 to below 1, got -0.1",
        "{'inputDropout': 1}                | #/inputDropout | must be from 0 to below 1, got 1",
        "{'inputDropout': '0.1'}            | #/inputDropout | expected a number",
        "{'inputNoise': -0.1}               | #/inputNoise | must be from 0 to 1e6, got -0.1",
        "{'inputNoise': 1e7}                | #/inputNoise | must be from 0 to 1e6",
        "{'maxNorm': 0}                     | #/maxNorm | must be from 1e-30 to 1e30, got 0",
        "{'maxNorm': -1}                    | #/maxNorm | must be from 1e-30 to 1e30, got -1",
        "{'maxNorm': 1e31}                  | #/maxNorm | must be from 1e-30 to 1e30",
        "{'gradientClipping': {'norm': 0}}  | #/gradientClipping/norm | must be from 1e-30 to 1e30",
        "{'gradientClipping': {'value': -1}}| #/gradientClipping/value | must be from 1e-30",
        "{'gradientClipping': {'nrm': 1}}   | #/gradientClipping/nrm | did you mean 'norm'",
      })
  void refusesWhatIsOutOfRangeByName(String training, String pointer, String detail) {
    assertThat(bind(training).errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.pointer()).isEqualTo(pointer);
              assertThat(error.detail()).contains(detail);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type': 'adaGrad', 'epsilon': 0}     | epsilon       | must be from 1e-30 to 1",
        "{'type': 'rmsProp', 'decay': 1}       | decay         | must be from 0 to below 1",
        "{'type': 'adaDelta', 'decay': -0.1}   | decay         | must be from 0 to below 1",
        "{'type': 'adamW', 'weightDecay': -1}  | weightDecay   | must be from 0 to 1000",
        "{'type': 'adamW', 'learningRate': 0}  | learningRate  | must be from 1e-30 to 1e30",
        "{'type': 'nadam', 'momentumDecay': 2} | momentumDecay | must be from 0 to 1",
        "{'type': 'amsGrad', 'beta2': 1}       | beta2         | must be from 0 to below 1",
        "{'type': 'lion', 'weightDecay': 1001} | weightDecay   | must be from 0 to 1000",
        "{'type': 'lion', 'epsilon': 1}        | epsilon       | There is no field 'epsilon' here",
        "{'type': 'rprop', 'decrease': 1}      | decrease      | must be from 1e-30 to below 1",
        "{'type': 'rprop', 'increase': 1}      | increase      | must be above 1",
        "{'type': 'rprop', 'largestStep': 0}   | largestStep   | must be from 1e-30 to 1e30",
        "{'type': 'lbfgs', 'learningRate': 0}  | learningRate  | must be from 1e-30 to 1e30",
        "{'type': 'lbfgs', 'memory': 0}        | memory        | must be from 1 to 1000",
        "{'type': 'lbfgs', 'memory': 1001}     | memory        | must be from 1 to 1000",
        "{'type': 'lbfgs', 'maxEvaluations': 0}| maxEvaluations| must be from 1 to 1000",
        "{'type': 'lbfgs', 'history': 5}       | history       | There is no field 'history' here",
        "{'type': 'adamw'}                     | type          | did you mean 'adamW'?",
      })
  void refusesASettingOfAnOptimizerThatIsOutOfRange(String optimizer, String field, String detail) {
    assertThat(bind("{'optimizer': " + optimizer + "}").errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.pointer()).isEqualTo("#/optimizer/" + field);
              assertThat(error.detail()).contains(detail);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'optimizer': {'type': 'rprop'}, 'schedule': {'type': 'cosine'}} | #/training/schedule"
            + " | the steps of rprop find their own size",
        "{'optimizer': {'type': 'lbfgs'}, 'schedule': {'type': 'cosine'}} | #/training/schedule"
            + " | the steps of lbfgs find their own size",
        "{'optimizer': {'type': 'lbfgs'}, 'batchSize': 32} | #/training/batchSize"
            + " | lbfgs needs the gradient of all rows, not of 32: set batchSize to \"full\", or",
        "{'optimizer': {'type': 'lbfgs'}, 'gradientClipping': {'norm': 1}}"
            + " | #/training/gradientClipping | leave gradientClipping out, or take another",
        "{'optimizer': {'type': 'lbfgs'}, 'l1': 0.5} | #/training/l1"
            + " | must be 0 for lbfgs, got 0.5",
        "{'earlyStopping': {'metric': 'validationLoss'}} | #/training/earlyStopping/metric"
            + " | give a validation, such as {\"fraction\": 0.2}, or watch the trainingLoss",
        "{'gradientClipping': {}} | #/training/gradientClipping | needs a norm",
        "{'gradientClipping': {'norm': 1, 'value': 1}} | #/training/gradientClipping"
            + " | takes a norm or a value, not both",
        "{'optimizer': {'type': 'sgd', 'nesterov': true}} | #/training/optimizer/nesterov"
            + " | needs a momentum above 0",
        "{'optimizer': {'type': 'rprop'}, 'batchSize': 32} | #/training/batchSize"
            + " | set batchSize to \"full\", or take another optimizer",
        "{'optimizer': {'type': 'rprop', 'smallestStep': 60}} | #/training/optimizer/largestStep"
            + " | must not be below smallestStep, 60.0, got 50.0",
      })
  void refusesWhatDoesNotFitTogether(String training, String pointer, String detail) {
    Bound<TrainingSettings> bound = bind(training);
    assertThat(bound.errors()).isEmpty();
    InputErrors errors = new InputErrors();
    TrainingPlan.check(bound.value(), false, errors);

    assertThat(errors.toList())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.pointer()).isEqualTo(pointer);
              assertThat(error.detail()).contains(detail);
            });
  }
}

package dev.backprop.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PredictRequestTests {

  private static final List<@Nullable List<@Nullable Object>> INPUTS =
      List.of(List.of(1), List.of(2));
  private static final List<@Nullable Map<String, @Nullable Object>> ROWS = List.of(Map.of("x", 1));

  @Test
  void takesOneOfTwoForms() {
    assertThat(errors(new PredictRequest(INPUTS, null))).isEmpty();
    assertThat(errors(new PredictRequest(null, ROWS))).isEmpty();
    assertThat(new PredictRequest(INPUTS, null).size()).isEqualTo(2);
    assertThat(new PredictRequest(null, ROWS).size()).isEqualTo(1);
    assertThat(new PredictRequest(null, null).size()).isZero();
  }

  @Test
  void saysWhatIsWrongWithTheWhole() {
    assertThat(errors(new PredictRequest(null, null)))
        .containsExactly(
            InputError.at(
                "#", "inputs or rows are needed: {\"inputs\": [[…]]} or {\"rows\": [{…}]}"));
    assertThat(errors(new PredictRequest(INPUTS, ROWS)))
        .containsExactly(InputError.at("#", "inputs and rows are given; leave one of the two out"));
    assertThat(errors(new PredictRequest(List.of(), null)))
        .containsExactly(InputError.at("#/inputs", "there are no rows"));
    assertThat(errors(new PredictRequest(null, List.of())))
        .containsExactly(InputError.at("#/rows", "there are no rows"));
    assertThat(errors(new PredictRequest(Arrays.asList(null, null, null), null)))
        .containsExactly(
            InputError.at("#/inputs", "3 rows; the limit of backprop.inference.max-rows is 2"));
    assertThat(errors(new PredictRequest(null, Arrays.asList(null, null, null))))
        .containsExactly(
            InputError.at("#/rows", "3 rows; the limit of backprop.inference.max-rows is 2"));
  }

  private static List<InputError> errors(PredictRequest request) {
    InputErrors errors = new InputErrors();
    request.check(2, errors);
    return errors.toList();
  }
}

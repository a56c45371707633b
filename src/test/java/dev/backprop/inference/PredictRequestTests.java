package dev.backprop.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictRequestTests {

  @Test
  void takesOneOfTwoForms() {
    assertThat(errors(Requests.read("{\"inputs\": [[1], [2]]}"))).isEmpty();
    assertThat(errors(Requests.read("{\"rows\": [{\"x\": 1}]}"))).isEmpty();
    assertThat(Requests.read("{\"inputs\": [[1], [2]]}").size()).isEqualTo(2);
    assertThat(Requests.read("{\"rows\": [{\"x\": 1}]}").size()).isEqualTo(1);
    assertThat(Requests.read("{}").size()).isZero();
  }

  @Test
  void saysWhatIsWrongWithTheWhole() {
    assertThat(errors(Requests.read("{}")))
        .containsExactly(
            InputError.at(
                "#", "inputs or rows are needed: {\"inputs\": [[…]]} or {\"rows\": [{…}]}"));
    assertThat(errors(Requests.read("{\"inputs\": [[1]], \"rows\": [{\"x\": 1}]}")))
        .containsExactly(InputError.at("#", "inputs and rows are given; leave one of the two out"));
    assertThat(errors(Requests.read("{\"inputs\": []}")))
        .containsExactly(InputError.at("#/inputs", "there are no rows"));
    assertThat(errors(Requests.read("{\"rows\": []}")))
        .containsExactly(InputError.at("#/rows", "there are no rows"));
    assertThat(errors(Requests.read("{\"inputs\": [null, null, null]}")))
        .containsExactly(
            InputError.at("#/inputs", "3 rows; the limit of backprop.inference.max-rows is 2"));
    assertThat(errors(Requests.read("{\"rows\": [null, null, null]}")))
        .containsExactly(
            InputError.at("#/rows", "3 rows; the limit of backprop.inference.max-rows is 2"));
  }

  private static List<InputError> errors(PredictRequest request) {
    InputErrors errors = new InputErrors();
    request.check(2, errors);
    return errors.toList();
  }
}

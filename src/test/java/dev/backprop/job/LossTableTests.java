package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Loss;
import dev.backprop.model.spec.Task;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossTableTests {

  @ParameterizedTest
  @EnumSource(Task.class)
  void everyLossItAllowsFitsItsOutputInTheCore(Task task) {
    for (Activation output : LossTable.outputs(task, null)) {
      List<Loss> losses = LossTable.losses(task, output);

      assertThat(losses).isNotEmpty().allMatch(loss -> loss.fits(output));
      assertThat(losses).allMatch(loss -> LossTable.fits(task, output, loss));
      assertThat(losses).allMatch(loss -> LossTable.outputs(task, loss).contains(output));
      assertThat(losses).allMatch(loss -> LossTable.tasks(loss).contains(task));
    }
  }
}

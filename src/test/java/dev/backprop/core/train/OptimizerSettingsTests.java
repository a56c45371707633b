package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the settings of every optimizer have in common.
class OptimizerSettingsTests {

  /// How many numbers the formulas carry from step to step for each parameter.
  static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of(new Sgd(0.1), 0),
        Arguments.of(new Sgd(0.1, 0.9, true), 1),
        Arguments.of(new AdaGrad(0.1), 1),
        Arguments.of(new RmsProp(0.1), 1),
        Arguments.of(new AdaDelta(0.1), 2),
        Arguments.of(new Adam(0.1), 2),
        Arguments.of(new AdamW(0.1), 2),
        Arguments.of(new Nadam(0.1), 2),
        Arguments.of(new AmsGrad(0.1), 3),
        Arguments.of(new Lion(0.1), 1),
        Arguments.of(new Rprop(0.1), 2));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void saysHowManyNumbersItKeepsForEachParameter(Optimizer optimizer, int numbers) {
    assertThat(optimizer.numbersPerParameter()).isEqualTo(numbers);
    assertThat(optimizer.evaluationsPerStep()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void namesTheNumberThatIsNone(Optimizer optimizer) throws ReflectiveOperationException {
    List<RecordComponent> components = List.of(optimizer.getClass().getRecordComponents());
    for (int i = 0; i < components.size(); i++) {
      if (components.get(i).getType() != double.class) {
        continue;
      }
      for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
        Object[] values = values(optimizer, components);
        values[i] = bad;
        assertThatThrownBy(() -> of(optimizer, components, values))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(components.get(i).getName() + " must be ")
            .hasMessageEndingWith("not " + bad);
      }
    }
  }

  private static Object[] values(Optimizer optimizer, List<RecordComponent> components)
      throws ReflectiveOperationException {
    Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = components.get(i).getAccessor().invoke(optimizer);
    }
    return values;
  }

  private static Object of(Optimizer optimizer, List<RecordComponent> components, Object[] values)
      throws Throwable {
    Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return optimizer
          .getClass()
          .getConstructor(types)
          .newInstance(Arrays.copyOf(values, types.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

package dev.backprop.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryModelRepositoryTests extends ModelRepositoryContract {

  @Override
  ModelRepository repository() {
    return new InMemoryModelRepository();
  }

  @Test
  void versionsShareEqualPreprocessors() {
    ModelRepository models = repository();
    Model first = models.add("m", version -> Models.small("m", version, Instant.EPOCH));
    Model second = models.add("m", version -> Models.small("m", version, Instant.EPOCH));

    assertThat(second.version()).isEqualTo(2);
    assertThat(second.preprocessor()).isSameAs(first.preprocessor());
    assertThat(second.parameters()).isNotSameAs(first.parameters());
  }
}

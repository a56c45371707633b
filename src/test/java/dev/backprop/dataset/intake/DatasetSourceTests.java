package dev.backprop.dataset.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.problem.InputError;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DatasetSourceTests {

  private static final String ID = "ds_01kbe3g6v4h8w2m5q9x7c1d0zr";

  private final JsonMapper mapper = JsonMapper.builder().build();

  @Test
  void namesADatasetThatIsKept() {
    DatasetSource source = mapper.readValue("{\"id\":\"" + ID + "\"}", DatasetSource.class);
    assertThat(source).isEqualTo(DatasetSource.ofId(ID));
    assertThat(source.errors()).isEmpty();
  }

  @Test
  void holdsTheDataItself() {
    DatasetSource source =
        mapper.readValue(
            "{\"name\":\"n\",\"inputs\":[[1,2],[3]],\"targets\":[0,1]}", DatasetSource.class);
    assertThat(source.request().name()).isEqualTo("n");
    assertThat(source.errors()).isEqualTo(source.request().errors());
    assertThat(source.errors()).extracting(InputError::pointer).containsExactly("#/inputs/1");
  }

  @Test
  void refusesBothAndNeither() {
    assertThat(
            mapper
                .readValue("{\"id\":\"x\",\"generator\":{\"type\":\"xor\"}}", DatasetSource.class)
                .errors())
        .containsExactly(
            InputError.at("#", "either an id or the data itself is needed, both are given"));
    assertThat(mapper.readValue("{}", DatasetSource.class).errors())
        .extracting(InputError::detail)
        .containsExactly(
            "exactly one of inputs with targets, rows or generator is needed, none is given");
  }
}

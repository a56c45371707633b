package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTests {

  /// RFC 7396, appendix A, all of it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"a\":\"b\"}               | {\"a\":\"c\"}                 | {\"a\":\"c\"}",
        "{\"a\":\"b\"}               | {\"b\":\"c\"}                 | {\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"}               | {\"a\":null}                  | {}",
        "{\"a\":\"b\",\"b\":\"c\"}   | {\"a\":null}                  | {\"b\":\"c\"}",
        "{\"a\":[\"b\"]}             | {\"a\":\"c\"}                 | {\"a\":\"c\"}",
        "{\"a\":\"c\"}               | {\"a\":[\"b\"]}               | {\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}}       | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]}     | {\"a\":[1]}                   | {\"a\":[1]}",
        "[\"a\",\"b\"]               | [\"c\",\"d\"]                 | [\"c\",\"d\"]",
        "{\"a\":\"b\"}               | [\"c\"]                       | [\"c\"]",
        "{\"a\":\"foo\"}             | null                          | null",
        "{\"a\":\"foo\"}             | \"bar\"                       | \"bar\"",
        "{\"e\":null}                | {\"a\":1}                     | {\"e\":null,\"a\":1}",
        "[1,2]                       | {\"a\":\"b\",\"c\":null}      | {\"a\":\"b\"}",
        "{}                          | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}",
      })
  void followsTheStandard(String target, String patch, String result) {
    assertThat(MergePatch.apply(SpecReader.tree(target), SpecReader.tree(patch)))
        .isEqualTo(SpecReader.tree(result));
  }

  @Test
  void replacesWhatBecomesAnotherKindOfThing() {
    String adam = "{\"o\": {\"type\": \"adam\", \"learningRate\": 0.1, \"beta1\": 0.9}}";
    assertThat(merged(adam, "{\"o\": {\"type\": \"sgd\", \"momentum\": null}}"))
        .isEqualTo("{\"o\":{\"type\":\"sgd\"}}");
    assertThat(merged(adam, "{\"o\": {\"type\": \"adam\", \"learningRate\": 0.2}}"))
        .isEqualTo("{\"o\":{\"type\":\"adam\",\"learningRate\":0.2,\"beta1\":0.9}}");
    assertThat(merged("{\"metric\": \"accuracy\", \"mode\": \"max\"}", "{\"metric\": \"mae\"}"))
        .isEqualTo("{\"metric\":\"mae\"}");
  }

  private static String merged(String target, String patch) {
    return MergePatch.apply(SpecReader.tree(target), SpecReader.tree(patch)).toString();
  }
}

package dev.backprop.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

class FieldPointerTests {

  /// The document of RFC 6901, section 5, and more places than it has.
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          {"foo": ["bar", "baz"]} | /foo     | {"foo":"x"}
          {"foo": ["bar", "baz"]} | /foo/0   | {"foo":["x","baz"]}
          {"foo": ["bar", "baz"]} | /foo/2   | {"foo":["bar","baz","x"]}
          {"": 0}                 | /        | {"":"x"}
          {"a/b": 1}              | /a~1b    | {"a/b":"x"}
          {"m~n": 8}              | /m~0n    | {"m~n":"x"}
          {"~1": 8}               | /~01     | {"~1":"x"}
          {"c%d": 2}              | /c%d     | {"c%d":"x"}
          {}                      | /a/b     | {"a":{"b":"x"}}
          {"a": null}             | /a/0/b   | {"a":[{"b":"x"}]}
          {"a": {"0": 1}}         | /a/0     | {"a":{"0":"x"}}
          """)
  void putsAValueInItsPlace(String document, String pointer, String changed) {
    ObjectNode root = (ObjectNode) JsonMapper.shared().readTree(document);
    assertThat(FieldPointer.parse(pointer).orElseThrow().set(root, StringNode.valueOf("x")))
        .isTrue();
    assertThat(root).hasToString(changed);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          {"a": 1}      | /a/b
          {"a": "text"} | /a/0/b
          {"a": [1]}    | /a/2
          {"a": [1]}    | /a/-
          {"a": [1]}    | /a/01
          {"a": [1]}    | /a/b
          """)
  void saysWhereThereIsNoSuchPlace(String document, String pointer) {
    ObjectNode root = (ObjectNode) JsonMapper.shared().readTree(document);
    String before = root.toString();
    assertThat(FieldPointer.parse(pointer).orElseThrow().set(root, StringNode.valueOf("x")))
        .isFalse();
    assertThat(root).hasToString(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "#/a", "/a~", "/a~2b", "training.epochs"})
  void isNotReadFromAnythingElse(String text) {
    assertThat(FieldPointer.parse(text)).isEmpty();
  }

  @Test
  void hasABoundedLength() {
    assertThat(FieldPointer.parse("/" + "a".repeat(199))).isPresent();
    assertThat(FieldPointer.parse("/" + "a".repeat(200))).isEmpty();
  }
}

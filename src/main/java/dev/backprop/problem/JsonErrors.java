package dev.backprop.problem;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.exc.MismatchedInputException;

/// What is wrong with the form of one JSON body, collected while it is bound to records.
///
/// A deserializer that meets a wrong value calls [#report], leaves the parser at the end of that
/// value and returns something harmless; binding goes on and finds the next error.
public final class JsonErrors {

  private static final int SHOWN = 60;

  private final InputErrors errors = new InputErrors();
  private final Deque<JsonObjectFrame> objects = new ArrayDeque<>();

  /// Adds an error at the parser's place and skips the value there, or, where nobody collects, ends
  /// the binding.
  ///
  /// @param detail what was expected and what was met
  /// @throws MismatchedInputException if the mapper was called by other than a request
  public static void report(JsonParser parser, DeserializationContext context, String detail) {
    report(parser, context, pointer(parser, context), detail);
    parser.skipChildren();
  }

  /// Adds an error at another place than the parser's.
  ///
  /// @param pointer JSON Pointer with its leading `#`
  public static void report(
      @Nullable JsonParser parser, DeserializationContext context, String pointer, String detail) {
    JsonErrors collector = of(context);
    if (collector == null) {
      throw MismatchedInputException.from(parser, Object.class, detail);
    }
    collector.errors.add(pointer, detail);
  }

  /// The collector of the body that is being bound, if errors are collected.
  public static @Nullable JsonErrors of(DeserializationContext context) {
    return (JsonErrors) context.getAttribute(JsonErrors.class);
  }

  /// JSON Pointer of the value that the parser is at, with its leading `#`.
  ///
  /// Where Jackson has to look ahead for the type of an object it goes on in a buffer, whose own
  /// account of the path can be wrong. The way up therefore ends at the first object whose place is
  /// known.
  public static String pointer(JsonParser parser, DeserializationContext context) {
    JsonErrors collector = of(context);
    TokenStreamContext step = parser.streamReadContext();
    if (!step.hasPathSegment()) {
      step = step.getParent();
    }
    String below = "";
    while (step != null && step.hasPathSegment()) {
      String name = step.inObject() ? step.currentName() : Integer.toString(step.getCurrentIndex());
      below = child("", name) + below;
      JsonObjectFrame object = collector == null ? null : collector.holding(step);
      if (object != null) {
        return object.pointer() + below;
      }
      step = step.getParent();
    }
    return "#" + below;
  }

  // the parser makes one account for each object
  @SuppressWarnings("ReferenceEquality")
  private @Nullable JsonObjectFrame holding(TokenStreamContext fields) {
    return objects.stream().filter(object -> object.fields() == fields).findFirst().orElse(null);
  }

  /// The pointer of a field of the object at `pointer`.
  public static String child(String pointer, String field) {
    return pointer
        + "/"
        + UriUtils.encodeFragment(field.replace("~", "~0").replace("/", "~1"), UTF_8);
  }

  /// The value that the parser is at, in a few words: `the string "3"`, `an array`.
  public static String describe(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case null -> "nothing";
      case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_STRING -> "the string \"" + shorten(parser.getString()) + "\"";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
          shorten(parser.getString());
      case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "another kind of value";
    };
  }

  /// The text, cut where it is too long for a message.
  public static String shorten(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  /// Notes that the binding of an object begins.
  public void enter(JsonObjectFrame object) {
    objects.push(object);
  }

  /// Notes that the binding of the innermost object has ended.
  public void leave() {
    objects.pop();
  }

  /// The innermost object that is being bound, if any.
  public @Nullable JsonObjectFrame innermost() {
    return objects.peek();
  }

  /// Whether an error was found at this place or below it.
  public boolean anyBelow(String pointer) {
    return errors.toList().stream().anyMatch(error -> isAtOrBelow(error.pointer(), pointer));
  }

  /// The errors found so far, open for more.
  public InputErrors found() {
    return errors;
  }

  /// Whether the first pointer leads to the second one's value or into it.
  public static boolean isAtOrBelow(@Nullable String pointer, String ancestor) {
    return pointer != null && (pointer.equals(ancestor) || pointer.startsWith(ancestor + "/"));
  }
}

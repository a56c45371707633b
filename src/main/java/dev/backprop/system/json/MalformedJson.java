package dev.backprop.system.json;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/// Says where and why a text is not JSON, or is JSON beyond the limits.
final class MalformedJson {

  private static final Pattern CHARACTER = Pattern.compile("Unexpected character \\((.+?) \\(code");
  private static final Pattern CLOSE = Pattern.compile("Unexpected close marker ('.')");
  private static final Pattern WORD =
      Pattern.compile("(?:Unrecognized|Non-standard) token '(.*?)'");
  private static final Pattern DUPLICATE =
      Pattern.compile("Duplicate Object property \"(.*?)\"", Pattern.DOTALL);

  private static final Pattern ALLOWED = Pattern.compile("maximum allowed \\(([0-9]+)");

  /// The message of an exception over text after the value.
  static final String TRAILING = "Trailing text";

  private MalformedJson() {}

  static String detail(JacksonException exception) {
    TokenStreamLocation at = exception.getLocation();
    boolean known = at != null && at.getLineNr() > 0;
    String where = known ? " at line " + at.getLineNr() + ", column " + at.getColumnNr() : "";
    return exception instanceof StreamConstraintsException
        ? "The JSON" + where + " goes beyond a limit: " + limit(exception.getOriginalMessage())
        : "This is not well-formed JSON" + where + ": " + reason(exception);
  }

  private static String limit(String message) {
    if (message.contains("nesting depth")) {
      Matcher depth = ALLOWED.matcher(message);
      return "objects and arrays may be nested "
          + (depth.find() ? depth.group(1) : "less")
          + " deep (backprop.http.max-json-depth)";
    }
    if (message.contains("Number value length")) {
      return "a number may have " + StrictJson.MAX_NUMBER + " characters";
    }
    if (message.contains("String value length")) {
      return "a string may have " + StrictJson.MAX_STRING + " characters";
    }
    if (message.contains("Name length")) {
      return "the name of a field may have " + StrictJson.MAX_NAME + " characters";
    }
    return "it is too large to be read";
  }

  private static String reason(JacksonException exception) {
    if (exception instanceof UnexpectedEndOfInputException) {
      return "the text ends before the value is complete";
    }
    String message = exception.getOriginalMessage();
    if (message.equals(TRAILING)) {
      return "something follows the end of the value";
    }
    Matcher duplicate = DUPLICATE.matcher(message);
    if (duplicate.find()) {
      return "the field '" + duplicate.group(1) + "' is given twice";
    }
    Matcher word = WORD.matcher(message);
    if (word.find()) {
      return "'" + word.group(1) + "' is not a JSON value";
    }
    Matcher character = CHARACTER.matcher(message);
    Matcher close = CLOSE.matcher(message);
    if (character.find()) {
      return "unexpected " + character.group(1);
    }
    if (close.find()) {
      return "unexpected " + close.group(1);
    }
    return message.contains("UTF-8")
        ? "the bytes are not UTF-8"
        : "the text there does not follow RFC 8259";
  }
}

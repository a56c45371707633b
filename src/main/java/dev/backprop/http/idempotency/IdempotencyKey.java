package dev.backprop.http.idempotency;

import dev.backprop.http.Idempotent;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a caller names a request by: a string of RFC 9651 in double quotes or, as many clients send
/// it, the same without quotes.
///
/// @param value 1 to [#MAX_LENGTH] printable characters of ASCII
record IdempotencyKey(String value) {

  /// A UUID has 36.
  static final int MAX_LENGTH = 255;

  /// Printable ASCII; quotes and backslashes behind a backslash.
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[\\x20-\\x7e&&[^\"\\\\]]|\\\\[\"\\\\])*)\"");

  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

  /// What a token of RFC 9651 may have, whatever it begins with.
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~:/=-]+");

  /// Reads the header.
  ///
  /// @param headers the values of all of that name, one at least
  /// @throws ProblemException [ProblemType#INVALID_REQUEST] if there is more than one or it is no
  ///   key
  static IdempotencyKey of(List<String> headers) {
    if (headers.size() > 1) {
      throw malformed("The request has %d of the header.".formatted(headers.size()));
    }
    String header = headers.getFirst().strip();
    String value = value(header);
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw malformed("It has %d characters.".formatted(value.length()));
    }
    return new IdempotencyKey(value);
  }

  private static String value(String header) {
    Matcher quoted = QUOTED.matcher(header);
    if (quoted.matches()) {
      return ESCAPED.matcher(quoted.group(1)).replaceAll("$1");
    }
    if (!header.isEmpty() && !BARE.matcher(header).matches()) {
      throw malformed("It is %s.".formatted(JsonErrors.shorten(header)));
    }
    return header;
  }

  private static ProblemException malformed(String met) {
    return new ProblemException(
        ProblemType.INVALID_REQUEST,
        "The header %s takes one key of 1 to %d printable ASCII characters in double quotes, such as \"8e03978e-40d5-43dd-bc93-6894a57f9324\". %s"
            .formatted(Idempotent.HEADER, MAX_LENGTH, met));
  }
}

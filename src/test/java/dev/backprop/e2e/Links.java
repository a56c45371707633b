package dev.backprop.e2e;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Follows `Link` headers, RFC 8288.
final class Links {

  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  private Links() {}

  /// The address of the next page.
  static String next(Reply page) {
    Matcher link = NEXT.matcher(page.header("Link"));
    if (!link.matches()) {
      throw new AssertionError("no next page in " + page);
    }
    return link.group(1);
  }
}

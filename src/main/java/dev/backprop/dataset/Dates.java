package dev.backprop.dataset;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dates of ISO 8601 as days since 1970-01-01, 00:00 UTC.
///
/// A 32-bit float keeps every date of the years 0000 to 9999 exactly. Of the time of day it keeps
/// steps of 1/512 of a day, some 3 minutes, from 2014 to 2059, and finer ones nearer to 1970.
public final class Dates {

  static final String EXAMPLES = "2026-11-25 or 2026-11-25T10:30:00Z";

  private static final double SECONDS_PER_DAY = 86_400;
  private static final long FIRST = LocalDate.of(0, 1, 1).toEpochDay();
  private static final long LAST = LocalDate.of(9999, 12, 31).toEpochDay();

  /// A date, a time after it or none, a zone after that or none, which is UTC.
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4})-(\\d{2})-(\\d{2})"
              + "(?:[T ](\\d{2}):(\\d{2})(?::(\\d{2}(?:[.,]\\d{1,9})?))?"
              + "(?:Z|([+-])(\\d{2}):?(\\d{2})?)?)?");

  private Dates() {}

  /// The days, NaN if it is no date.
  static double parse(CharSequence text) {
    Matcher match = ISO.matcher(text);
    if (!match.matches()) {
      return Double.NaN;
    }
    try {
      long day = LocalDate.of(number(match, 1), number(match, 2), number(match, 3)).toEpochDay();
      return day + secondOfDay(match) / SECONDS_PER_DAY;
    } catch (DateTimeException _) { // a 31st of June
      return Double.NaN;
    }
  }

  public static boolean isDate(CharSequence text) {
    return !Double.isNaN(parse(text));
  }

  /// The seconds from the beginning of the day in UTC, NaN where there is no such time.
  private static double secondOfDay(Matcher match) {
    int hour = number(match, 4);
    int minute = number(match, 5);
    String seconds = match.group(6);
    double second = seconds == null ? 0 : Double.parseDouble(seconds.replace(',', '.'));
    int offsetHour = number(match, 8);
    int offsetMinute = number(match, 9);
    if (hour > 23 || minute > 59 || second >= 60 || offsetHour > 18 || offsetMinute > 59) {
      return Double.NaN;
    }
    int offset = 60 * offsetHour + offsetMinute;
    int minutes = 60 * hour + minute - ("-".equals(match.group(7)) ? -offset : offset);
    return 60 * minutes + second;
  }

  private static int number(Matcher match, int group) {
    String digits = match.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /// Whether days are within the years 0000 to 9999.
  public static boolean inRange(double days) {
    return days >= FIRST && days < LAST + 1;
  }

  /// A whole day as a date, all else as a date and time in UTC, to the second.
  public static String text(double days) {
    return days == Math.rint(days)
        ? LocalDate.ofEpochDay((long) days).toString()
        : Instant.EPOCH.plus(Math.round(days * SECONDS_PER_DAY), ChronoUnit.SECONDS).toString();
  }
}

package dev.backprop.dataset.web;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.ClassLabels;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.ColumnProfile;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.Histogram;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.NumberFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The columns of a data set in small pictures beside each other, as SVG: a histogram of numbers,
/// bars of categories.
final class ProfilePicture {

  /// More columns than this are named only.
  static final int MAX_COLUMNS = 48;

  private static final int WIDTH = 600;
  private static final int IN_A_ROW = 3;
  private static final int MARGIN = 10;
  private static final int HEAD = 58;

  /// Of a small picture.
  private static final int PART_WIDTH = 180;

  private static final int PART_HEIGHT = 118;
  private static final int GAP = 20;
  private static final int BARS_TOP = 34;
  private static final int BARS_HEIGHT = 62;
  private static final int BASE = BARS_TOP + BARS_HEIGHT;
  private static final int LABEL_WIDTH = 84;
  private static final double DIGIT_WIDTH = 6.5;
  private static final int LINE = 15;

  /// Categories in a small picture, beside the line for the others.
  private static final int CATEGORIES = 4;

  /// Characters of the font's usual width that fit.
  private static final int NAME_CHARACTERS = 24;

  private static final int NOTE_CHARACTERS = 33;
  private static final int LABEL_CHARACTERS = 14;

  private static final String STYLE =
      "text{font:11px sans-serif;fill:#57606a}.name{font:bold 12px sans-serif;fill:#1f2328}"
          + ".head{font:bold 16px sans-serif;fill:#1f2328}.end{text-anchor:end}"
          + ".paper{fill:#fff}.bar{fill:#0969da}.rest{fill:#9ec5f0}.base{fill:#d0d7de}";

  private final Dataset data;
  private final List<ColumnProfile> profile;
  private final Svg svg = new Svg();

  private ProfilePicture(Dataset data) {
    this.data = data;
    profile = data.profile();
  }

  /// The picture of a data set.
  static String of(Dataset data) {
    return new ProfilePicture(data).draw();
  }

  private String draw() {
    List<Integer> shown = shown();
    int lines = (shown.size() + IN_A_ROW - 1) / IN_A_ROW;
    int height = HEAD + lines * (PART_HEIGHT + GAP);
    svg.root(WIDTH, height, STYLE).title(data.name() + ": " + size());
    svg.rectangle("paper", 0, 0, WIDTH, height);
    svg.text("head", MARGIN, 22, data.name()).text("note", MARGIN, 39, size() + leftOut(shown));
    for (int i = 0; i < shown.size(); i++) {
      int x = MARGIN + i % IN_A_ROW * (PART_WIDTH + GAP);
      int y = HEAD + i / IN_A_ROW * (PART_HEIGHT + GAP);
      part(shown.get(i), x, y);
    }
    return svg.end().toString();
  }

  /// The first columns and the last one, which usually is the target.
  private List<Integer> shown() {
    int columns = data.columns().size();
    List<Integer> shown =
        new ArrayList<>(IntStream.range(0, Math.min(columns, MAX_COLUMNS)).boxed().toList());
    if (columns > MAX_COLUMNS) {
      shown.set(MAX_COLUMNS - 1, columns - 1);
    }
    return shown;
  }

  private String size() {
    return "%s × %s".formatted(count(data.rows(), "row"), count(data.columns().size(), "column"));
  }

  /// They stand together, between the last two that are shown.
  private String leftOut(List<Integer> shown) {
    int count = data.columns().size() - shown.size();
    if (count == 0) {
      return "";
    }
    String first = shorten(data.columns().get(MAX_COLUMNS - 1).name(), LABEL_CHARACTERS);
    String last = shorten(data.columns().get(data.columns().size() - 2).name(), LABEL_CHARACTERS);
    return count == 1
        ? "; 1 is left out: '%s'".formatted(first)
        : "; %s are left out: '%s' to '%s'".formatted(number(count), first, last);
  }

  private void part(int index, int x, int y) {
    Column column = data.columns().get(index);
    String note = note(column, profile.get(index));
    svg.part(x, y, PART_WIDTH, PART_HEIGHT, column.name() + ": " + note + range(column));
    svg.text("name", 0, 11, shorten(column.name(), NAME_CHARACTERS));
    svg.text("note", 0, 26, shorten(note, NOTE_CHARACTERS));
    switch (column) {
      case NumberColumn numbers -> {
        Histogram histogram = profile.get(index).histogram();
        if (histogram != null) {
          draw(numbers, histogram);
        }
      }
      case CategoryColumn categories -> draw(categories);
    }
    svg.end();
  }

  private static String note(Column column, ColumnProfile profile) {
    List<String> words = new ArrayList<>();
    words.add(number(column.missing()) + " missing");
    words.add(profile.constant() ? "constant" : number(profile.distinct()) + " distinct");
    if (profile.duplicateOf() != null) {
      words.add("as '" + profile.duplicateOf() + "'");
    }
    return String.join(", ", words);
  }

  private static String range(Column column) {
    return column instanceof NumberColumn numbers && numbers.missing() < numbers.rows()
        ? ", %s to %s".formatted(text(numbers, numbers.min()), text(numbers, numbers.max()))
        : "";
  }

  private static String text(NumberColumn column, float value) {
    return column.format() == NumberFormat.NUMBER
        ? ClassLabels.text(value)
        : column.format().text(value);
  }

  private void draw(NumberColumn column, Histogram histogram) {
    int[] counts = histogram.counts();
    double width = (double) PART_WIDTH / Histogram.BINS;
    int highest = Arrays.stream(counts).max().orElse(1);
    for (int bin = 0; bin < counts.length; bin++) {
      double height = length(counts[bin], highest, BARS_HEIGHT);
      svg.rectangle("bar", bin * width, BASE - height, width - 1, height);
    }
    svg.rectangle("base", 0, BASE, PART_WIDTH, 1);
    svg.text("note", 0, BASE + 14, text(column, column.min()));
    if (column.min() < column.max()) {
      svg.text("end", PART_WIDTH, BASE + 14, text(column, column.max()));
    }
  }

  private void draw(CategoryColumn column) {
    TopCategories top = TopCategories.of(column, CATEGORIES);
    TopCategories.Others others = top.others();
    int longest = top.shown().isEmpty() ? 1 : top.shown().getFirst().count();
    if (others != null) {
      longest = Math.max(longest, others.count());
    }
    int y = BARS_TOP;
    for (TopCategories.Count category : top.shown()) {
      line("bar", shorten(category.value(), LABEL_CHARACTERS), category.count(), longest, y);
      y += LINE;
    }
    if (others != null) {
      line("rest", number(others.distinct()) + " others", others.count(), longest, y);
    }
  }

  private void line(String style, String label, int count, int longest, int y) {
    double room = PART_WIDTH - LABEL_WIDTH - DIGIT_WIDTH * (number(longest).length() + 1);
    svg.text("note", 0, y + 11, label);
    svg.rectangle(style, LABEL_WIDTH, y + 2, length(count, longest, room), LINE - 5);
    svg.text("end", PART_WIDTH, y + 11, number(count));
  }

  /// At least one pixel for what is there at all.
  private static double length(int count, int largest, double room) {
    return count == 0 ? 0 : Math.max(1, room * count / largest);
  }

  private static String count(int count, String what) {
    return number(count) + " " + what + (count == 1 ? "" : "s");
  }

  private static String number(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// Cut to a width, which wide scripts use up twice as fast.
  private static String shorten(String text, int width) {
    int used = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      used += codePoint < 0x1100 ? 1 : 2;
      if (used > width) {
        return text.substring(0, at) + "…";
      }
      at += Character.charCount(codePoint);
    }
    return text;
  }
}

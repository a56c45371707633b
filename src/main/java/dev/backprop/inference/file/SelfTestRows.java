package dev.backprop.inference.file;

import dev.backprop.dataset.NumberFormat;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.inference.RawRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows that a model is tested by, made from what its preprocessor knows: spread over the range of
/// the training rows, some beyond it, with each feature missing in some and unseen categories in
/// others. The same model has the same rows.
final class SelfTestRows {

  static final int COUNT = 16;

  /// The fractional part of the golden ratio, whose multiples are spread evenly.
  private static final double GOLDEN = 0.6180339887498949;

  private static final String UNSEEN = "unseen in training";

  private SelfTestRows() {}

  static RawRows of(Preprocessor preprocessor) {
    List<FeatureEncoder> features = preprocessor.features();
    RawRows rows = new RawRows();
    for (int row = 0; row < COUNT; row++) {
      for (int feature = 0; feature < features.size(); feature++) {
        add(features.get(feature), row, feature, rows);
      }
      rows.endRow(null, null);
    }
    return rows;
  }

  /// Row 0 lacks all values, every fifth one those of every fifth feature; but none that may not be
  /// missing, except for one row that is refused for it.
  private static void add(FeatureEncoder feature, int row, int position, RawRows rows) {
    boolean missing = row == 0 || (feature.imputes() && row % 5 == 1 + position % 5);
    if (missing) {
      rows.addMissing();
      return;
    }
    double fraction = (GOLDEN * (1 + row + (double) COUNT * position)) % 1;
    switch (feature) {
      case NumberEncoder number -> addNumber(number, fraction, rows);
      case CategoryEncoder category -> rows.addText(category(category, fraction, row));
    }
  }

  /// From a tenth of the range below it to a tenth above it.
  private static void addNumber(NumberEncoder number, double fraction, RawRows rows) {
    boolean unlimited = number.maximum() == Float.MAX_VALUE;
    double from = unlimited ? -1 : number.minimum();
    double range = unlimited ? 2 : number.maximum() - from;
    float value = (float) (from + (1.2 * fraction - 0.1) * range);
    if (!Float.isFinite(value)) {
      value = number.minimum();
    }
    switch (number.format()) {
      case NUMBER -> rows.addNumber(value);
      case BOOLEAN -> rows.addText(NumberFormat.BOOLEAN.text(fraction < 0.5 ? 0 : 1));
      case DATE -> rows.addText(date(number, value));
    }
  }

  /// The years of four digits end.
  private static String date(NumberEncoder number, float value) {
    String text = number.format().text(value);
    return Float.isNaN(number.format().parse(text)) ? number.format().text(number.minimum()) : text;
  }

  private static String category(CategoryEncoder category, double fraction, int row) {
    String unseen = unseen(category);
    int known = category.categories().size() + category.folded().size();
    if (known == 0 || (unseen != null && row % 5 == 4)) {
      return UNSEEN;
    }
    int choice = (int) (fraction * known);
    return choice < category.categories().size()
        ? category.categories().get(choice)
        : category.folded().get(choice - category.categories().size());
  }

  /// Null where it did occur, or may not.
  private static @Nullable String unseen(CategoryEncoder category) {
    boolean taken = category.categories().contains(UNSEEN) || category.folded().contains(UNSEEN);
    return taken || category.rejectsUnseen() ? null : UNSEEN;
  }
}

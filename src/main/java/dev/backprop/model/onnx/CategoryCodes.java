package dev.backprop.model.onnx;

import dev.backprop.dataset.preprocessing.CategoryEncoder;
import java.util.ArrayList;
import java.util.List;

/// Which input each text of a category column sets to 1.
///
/// @param texts that are known
/// @param codes of the texts: the position of an input, or one of the two special codes
/// @param unseen the code of all other texts
/// @param refuseAny whether there is a text whose row is refused
/// @param tellsMissing whether [#MISSING] stands for a missing category
record CategoryCodes(
    List<String> texts, List<Long> codes, long unseen, boolean refuseAny, boolean tellsMissing) {

  /// What stands for a missing category, as in CSV; where there is a category of that name, a
  /// missing one cannot be said.
  static final String MISSING = "";

  /// @param nowhere the code of a text without an input
  /// @param refused the code of a text whose row is refused
  static CategoryCodes of(CategoryEncoder category, long nowhere, long refused) {
    long other = category.hasOther() ? category.categories().size() : nowhere;
    List<String> texts = new ArrayList<>();
    List<Long> codes = new ArrayList<>();
    for (String text : category.categories()) {
      codes.add((long) texts.size());
      texts.add(text);
    }
    for (String text : category.folded()) {
      codes.add(other);
      texts.add(text);
    }
    String imputed = category.imputed();
    boolean tellsMissing = !texts.contains(MISSING);
    if (tellsMissing) {
      codes.add(imputed == null ? refused : codeOf(imputed, category, other));
      texts.add(MISSING);
    }
    return new CategoryCodes(
        texts,
        codes,
        category.rejectsUnseen() ? refused : other,
        category.rejectsUnseen() || imputed == null,
        tellsMissing);
  }

  private static long codeOf(String text, CategoryEncoder category, long other) {
    int position = category.categories().indexOf(text);
    return position < 0 ? other : position;
  }
}

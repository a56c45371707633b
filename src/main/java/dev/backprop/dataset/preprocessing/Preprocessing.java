package dev.backprop.dataset.preprocessing;

/// How columns become inputs and targets: a setting; [Preprocessor] is what is made from it and the
/// data.
///
/// @param scaling of number features
/// @param minCategoryCount training rows below which a category shares an input with others
/// @param missing what becomes of missing cells of features
/// @param unseenCategory what becomes of unseen categories of raw rows
/// @param standardizeTargets whether the targets of a regression are brought to mean 0 and standard
///   deviation 1
public record Preprocessing(
    Scaling scaling,
    int minCategoryCount,
    MissingValues missing,
    UnseenCategory unseenCategory,
    boolean standardizeTargets) {

  /// Categories that share no input.
  public static final int DEFAULT_MIN_CATEGORY_COUNT = 1;

  /// The defaults, but for targets, where the network decides.
  public static final Preprocessing DEFAULT =
      new Preprocessing(
          Scaling.STANDARDIZE,
          DEFAULT_MIN_CATEGORY_COUNT,
          MissingValues.IMPUTE,
          UnseenCategory.FLAG,
          false);
}

package dev.backprop.model.spec;

import dev.backprop.dataset.preprocessing.MissingValues;
import dev.backprop.dataset.preprocessing.Scaling;
import dev.backprop.dataset.preprocessing.UnseenCategory;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/// How columns become inputs and targets.
///
/// @param standardize the short form of the scalings standardize and none
/// @param scaling how number features are scaled
/// @param minCategoryCount training rows below which categories share an input
/// @param missing what becomes of missing values of features
/// @param unseenCategory what becomes of unseen categories in predictions
/// @param standardizeTargets whether the targets of a regression are standardized
public record PreprocessingSettings(
    @Schema(
            description =
                "The short form of two scalings: true for standardize, false for none. Beside a"
                    + " `scaling` it must not contradict it.",
            defaultValue = "true")
        @Nullable Boolean standardize,
    @Schema(
            description =
                "How number features are scaled, by what the training rows alone say. standardize:"
                    + " (x − mean) / standard deviation; minMax: (x − minimum) / (maximum −"
                    + " minimum); robust: (x − median) / interquartile range, for columns with"
                    + " outliers; none: x. Where that would divide by 0, it divides by 1. Columns"
                    + " of only 0 and 1 stay as they are, as the inputs of categories do.",
            defaultValue = "standardize")
        @Nullable Scaling scaling,
    @Schema(
            description =
                "Categories that fewer training rows than this have share one input, `other`, and"
                    + " so do those that no training row has. From 1, where each has an input of"
                    + " its own and an unseen one is all 0.",
            defaultValue = "1",
            example = "5")
        @Min(value = 1, message = "must be from 1 on")
        @Nullable Integer minCategoryCount,
    @Schema(
            description =
                "What becomes of missing values of features. impute: the mean of the training rows"
                    + " stands in for a number, their median where the scaling is robust, and their"
                    + " most frequent category for a category; a feature that lacks values in"
                    + " training rows gets one more input, 1 where it is missing and 0 where not;"
                    + " predictions for rows with missing values are flagged. reject: data with"
                    + " missing values are refused, and so are such rows in predictions. Targets"
                    + " are never imputed.",
            defaultValue = "impute")
        @Nullable MissingValues missing,
    @Schema(
            description =
                "What becomes of a row in predictions with a category that no training row had."
                    + " flag: it is scored, and flagged; reject: it has an error in its place.",
            defaultValue = "flag")
        @Nullable UnseenCategory unseenCategory,
    @Schema(
            description =
                "Regression with a linear output: whether the network learns z = (y − mean) /"
                    + " standard deviation of each target y, measured on the training rows."
                    + " Predictions and metrics are in the units of y; losses, `stopWhen` included,"
                    + " are what is minimized, in units of z, as is the δ of huber. Targets of only"
                    + " 0 and 1 stay as they are. By default true for a linear output; other"
                    + " outputs and tasks are always false.",
            example = "true")
        @Nullable Boolean standardizeTargets) {}

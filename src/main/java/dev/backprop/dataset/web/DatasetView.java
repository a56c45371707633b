package dev.backprop.dataset.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.ColumnProfile;
import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.Dates;
import dev.backprop.dataset.Histogram;
import dev.backprop.dataset.IgnoredColumn;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.Quartiles;
import dev.backprop.dataset.RejectedRows;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A data set as callers see it.
@Schema(name = "Dataset")
record DatasetView(
    String id,
    String name,
    int rows,
    long bytes,
    String sha256,
    Instant createdAt,
    List<ColumnView> columns,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RejectedRows rejected) {

  private static final String DISTINCT = "How many different values there are; not in lists";
  private static final String CONSTANT =
      "Whether all rows have the same, one value or none; not in lists";
  private static final String DUPLICATE =
      "The first column before it that has the same cells, or null; not in lists";

  /// The data set with the profile of its columns.
  static DatasetView of(Dataset dataset) {
    List<ColumnProfile> profile = dataset.profile();
    return of(
        dataset,
        IntStream.range(0, profile.size())
            .mapToObj(i -> view(dataset.columns().get(i), profile.get(i)))
            .toList());
  }

  /// The data set as lists have it, without what takes long to find out and much room to show.
  static DatasetView withoutProfile(Dataset dataset) {
    return of(dataset, dataset.columns().stream().map(column -> view(column, null)).toList());
  }

  private static DatasetView of(Dataset dataset, List<ColumnView> columns) {
    return new DatasetView(
        dataset.id(),
        dataset.name(),
        dataset.rows(),
        dataset.bytes(),
        dataset.sha256(),
        dataset.createdAt(),
        columns(dataset, columns),
        dataset.rejected().orElse(null));
  }

  /// With those that were left out where they stood.
  private static List<ColumnView> columns(Dataset dataset, List<ColumnView> kept) {
    List<ColumnView> views = new ArrayList<>(kept);
    for (IgnoredColumn column : dataset.ignored()) {
      views.add(
          column.position(),
          new IgnoredColumnView(column.name(), ColumnType.IGNORED.word(), column.reason()));
    }
    return views;
  }

  private static ColumnView view(Column column, @Nullable ColumnProfile profile) {
    return switch (column) {
      case NumberColumn numbers ->
          switch (numbers.format()) {
            case NUMBER -> numberView(numbers, profile);
            case BOOLEAN -> booleanView(numbers, profile);
            case DATE -> dateView(numbers, profile);
          };
      case CategoryColumn categories -> categoryView(categories, profile);
    };
  }

  private static NumberColumnView numberView(NumberColumn column, @Nullable ColumnProfile profile) {
    String type = ColumnType.NUMBER.word();
    NumberProfile numbers = profile == null ? null : NumberProfile.of(profile);
    return column.missing() == column.rows()
        ? new NumberColumnView(
            column.name(), type, column.missing(), null, null, null, null, numbers)
        : new NumberColumnView(
            column.name(),
            type,
            column.missing(),
            column.min(),
            column.max(),
            column.mean(),
            column.standardDeviation(),
            numbers);
  }

  private static CategoryColumnView categoryView(
      CategoryColumn column, @Nullable ColumnProfile profile) {
    TopCategories top = TopCategories.of(column, TopCategories.MAX_SHOWN);
    return new CategoryColumnView(
        column.name(),
        ColumnType.CATEGORY.word(),
        column.missing(),
        top.shown(),
        top.others(),
        profile == null ? null : CategoryProfile.of(profile));
  }

  private static CategoryColumnView booleanView(
      NumberColumn column, @Nullable ColumnProfile profile) {
    int yes = 0;
    for (int row = 0; row < column.rows(); row++) {
      yes += column.value(row) == 1 ? 1 : 0;
    }
    int no = column.rows() - column.missing() - yes;
    return new CategoryColumnView(
        column.name(),
        ColumnType.BOOLEAN.word(),
        column.missing(),
        List.of(new TopCategories.Count("false", no), new TopCategories.Count("true", yes)),
        null,
        profile == null ? null : CategoryProfile.of(profile));
  }

  private static DateColumnView dateView(NumberColumn column, @Nullable ColumnProfile profile) {
    String type = ColumnType.DATE.word();
    DateProfile dates = profile == null ? null : DateProfile.of(profile);
    return column.missing() == column.rows()
        ? new DateColumnView(column.name(), type, column.missing(), null, null, null, null, dates)
        : new DateColumnView(
            column.name(),
            type,
            column.missing(),
            Dates.text(column.min()),
            Dates.text(column.max()),
            Dates.text(column.mean()),
            column.standardDeviation(),
            dates);
  }

  /// One of the kinds of columns.
  @Schema(
      name = "Column",
      oneOf = {
        NumberColumnView.class,
        CategoryColumnView.class,
        DateColumnView.class,
        IgnoredColumnView.class
      })
  sealed interface ColumnView {}

  /// Statistics over the cells that are not missing, null if all of them are.
  @Schema(name = "NumberColumn")
  record NumberColumnView(
      String name,
      @Schema(allowableValues = "number") String type,
      int missing,
      @Nullable Float min,
      @Nullable Float max,
      @Nullable Double mean,
      @Schema(description = "of the population") @Nullable Double standardDeviation,
      @JsonUnwrapped @Nullable NumberProfile profile)
      implements ColumnView {}

  /// Statistics over the cells that are not missing, null if all of them are.
  @Schema(name = "DateColumn")
  record DateColumnView(
      String name,
      @Schema(allowableValues = "date") String type,
      int missing,
      @Schema(example = "2014-02-28") @Nullable String min,
      @Schema(example = "2026-11-25") @Nullable String max,
      @Schema(example = "2020-07-01T12:00:00Z") @Nullable String mean,
      @Schema(description = "of the population, in days") @Nullable Double standardDeviation,
      @JsonUnwrapped @Nullable DateProfile profile)
      implements ColumnView {}

  /// A column of the source that the data set does not have.
  @Schema(name = "IgnoredColumn")
  record IgnoredColumnView(
      String name,
      @Schema(allowableValues = "ignored") String type,
      @Schema(description = "Why it was left out, and how to keep it") String reason)
      implements ColumnView {}

  /// The most frequent categories; of booleans `false` and `true`.
  @Schema(name = "CategoryColumn")
  record CategoryColumnView(
      String name,
      @Schema(allowableValues = {"category", "boolean"}) String type,
      int missing,
      @Schema(description = "The most frequent first, at most 20")
          List<TopCategories.Count> categories,
      @Schema(description = "Those that are not shown; left out where there are none")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          TopCategories.@Nullable Others otherCategories,
      @JsonUnwrapped @Nullable CategoryProfile profile)
      implements ColumnView {}

  /// What a list of data sets leaves out.
  record NumberProfile(
      @Schema(description = DISTINCT, example = "43") int distinct,
      @Schema(description = "A quarter of the numbers is below, linear between the two nearest")
          @Nullable Double q1,
      @Nullable Double median,
      @Schema(description = "Three quarters of the numbers are below") @Nullable Double q3,
      @Nullable Histogram histogram,
      @Schema(description = CONSTANT) boolean constant,
      @Schema(description = DUPLICATE) @Nullable String duplicateOf) {

    private static NumberProfile of(ColumnProfile profile) {
      Quartiles quartiles = profile.quartiles();
      return new NumberProfile(
          profile.distinct(),
          quartiles == null ? null : quartiles.q1(),
          quartiles == null ? null : quartiles.median(),
          quartiles == null ? null : quartiles.q3(),
          profile.histogram(),
          profile.constant(),
          profile.duplicateOf());
    }
  }

  /// What a list of data sets leaves out.
  record DateProfile(
      @Schema(description = DISTINCT, example = "43") int distinct,
      @Nullable String q1,
      @Nullable String median,
      @Nullable String q3,
      @Schema(description = CONSTANT) boolean constant,
      @Schema(description = DUPLICATE) @Nullable String duplicateOf) {

    private static DateProfile of(ColumnProfile profile) {
      Quartiles quartiles = profile.quartiles();
      return new DateProfile(
          profile.distinct(),
          quartiles == null ? null : Dates.text(quartiles.q1()),
          quartiles == null ? null : Dates.text(quartiles.median()),
          quartiles == null ? null : Dates.text(quartiles.q3()),
          profile.constant(),
          profile.duplicateOf());
    }
  }

  /// What a list of data sets leaves out.
  record CategoryProfile(
      @Schema(description = DISTINCT, example = "3") int distinct,
      @Schema(description = CONSTANT) boolean constant,
      @Schema(description = DUPLICATE) @Nullable String duplicateOf) {

    private static CategoryProfile of(ColumnProfile profile) {
      return new CategoryProfile(profile.distinct(), profile.constant(), profile.duplicateOf());
    }
  }
}

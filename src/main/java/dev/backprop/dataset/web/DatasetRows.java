package dev.backprop.dataset.web;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.Texts;
import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The rows of a data set as objects, page by page in their own order.
final class DatasetRows {

  private DatasetRows() {}

  /// A page of rows; the cursor is the index of the last row on the page.
  static Page<Map<String, @Nullable Object>> page(Dataset data, PageRequest request) {
    int from = request.after() == null ? 0 : rowAfter(request.after(), data);
    int to = (int) Math.min(data.rows(), (long) from + request.limit());
    List<Map<String, @Nullable Object>> rows =
        IntStream.range(from, to).mapToObj(row -> row(data, row)).toList();
    return new Page<>(rows, to < data.rows() ? Integer.toString(to - 1) : null);
  }

  private static Map<String, @Nullable Object> row(Dataset data, int row) {
    Map<String, @Nullable Object> cells = LinkedHashMap.newLinkedHashMap(data.columns().size());
    for (Column column : data.columns()) {
      cells.put(column.name(), cell(column, row));
    }
    return cells;
  }

  private static @Nullable Object cell(Column column, int row) {
    if (column.isMissing(row)) {
      return null;
    }
    return switch (column) {
      case NumberColumn numbers -> numbers.format().json(numbers.value(row));
      case CategoryColumn categories -> categories.categories().get(categories.code(row));
    };
  }

  private static int rowAfter(String cursor, Dataset data) {
    try {
      int last = Integer.parseInt(cursor);
      if (last >= 0 && last < data.rows()) {
        return last + 1;
      }
    } catch (NumberFormatException _) {
      // the same answer as for a number out of range
    }
    throw new ProblemException(
        ProblemType.INVALID_REQUEST,
        "The query parameter 'after' is '%s', which is no cursor of these rows; send the 'next' of the page before."
            .formatted(Texts.shorten(cursor)));
  }
}

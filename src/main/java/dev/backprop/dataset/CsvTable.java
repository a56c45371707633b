package dev.backprop.dataset;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Takes the records of a CSV file field by field.
///
/// The texts of the first rows are held back until the columns' types are inferred from them; from
/// then on each cell goes straight into its column. A first record of nothing but numbers is data,
/// and the columns are called `c1`, `c2`, ….
final class CsvTable extends AbstractBaseCsvCallbackHandler<CsvTable> {

  /// As many rows are looked at before the types are settled, fewer if they are wide.
  static final int SAMPLE_ROWS = 1_000;

  private static final int SAMPLE_CELLS = 200_000;
  private static final int SAMPLE_CHARACTERS = 4_000_000;

  private final DatasetProperties limits;
  private final Map<String, ColumnType> types;
  private final InputErrors errors;
  private final List<CsvColumn> columns = new ArrayList<>();
  private final List<SampleRow> sample = new ArrayList<>();
  private List<String> texts = new ArrayList<>();
  private long sampleCharacters;
  private boolean headerRead;
  private boolean sampling = true;
  private long line;
  private long rows;

  CsvTable(DatasetProperties limits, Map<String, ColumnType> types, InputErrors errors) {
    this.limits = limits;
    this.types = new HashMap<>(types);
    this.errors = errors;
  }

  /// The line of the record that is being read, counted from 1.
  long line() {
    return line;
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    line = startingLineNumber;
  }

  @Override
  protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
    int start = offset;
    int end = offset + length;
    if (!quoted) {
      while (start < end && buffer[start] <= ' ') {
        start++;
      }
      while (end > start && buffer[end - 1] <= ' ') {
        end--;
      }
    }
    if (!headerRead) {
      if (index == limits.maxColumns()) {
        throw exceeded("columns", limits.maxColumns(), "max-columns");
      }
      texts.add(new String(buffer, start, end - start));
    } else if (index < columns.size()) {
      if (sampling) {
        texts.add(new String(buffer, start, end - start));
      } else {
        columns.get(index).add(buffer, start, end - start, line);
      }
    }
  }

  @Override
  protected CsvTable buildRecord() {
    if (getRecordType() == RecordType.EMPTY) {
      return this;
    }
    if (!headerRead) {
      headerRead = true;
      if (isData(texts)) {
        IntStream.rangeClosed(1, texts.size()).forEach(i -> addColumn("c" + i));
        endRow(texts.size());
      } else {
        readHeader(List.copyOf(texts));
      }
    } else {
      endRow(getFieldCount());
    }
    texts = new ArrayList<>();
    return this;
  }

  /// All cells are numbers, missing ones aside.
  private static boolean isData(List<String> cells) {
    boolean numbers = false;
    for (String text : cells) {
      CsvCell cell = CsvCell.of(text);
      if (cell == CsvCell.TEXT) {
        return false;
      }
      numbers |= cell != CsvCell.MISSING;
    }
    return numbers;
  }

  private void readHeader(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      int number = i + 1;
      ColumnNames.problem(name)
          .ifPresent(problem -> lineError(problem + " (field " + number + " of the header)"));
      if (!seen.add(name) && !name.isBlank()) {
        lineError("the header has the column '" + Texts.shorten(name) + "' twice");
      }
      addColumn(name);
    }
  }

  private void addColumn(String name) {
    columns.add(new CsvColumn(name, types.remove(name), limits, errors));
  }

  private void endRow(int fields) {
    rows++;
    if (rows > limits.maxRows()) {
      throw exceeded("rows", limits.maxRows(), "max-rows");
    }
    checkCells(rows * columns.size());
    if (fields != columns.size()) {
      lineError(
          "line %d has %s, the header has %d"
              .formatted(line, fields == 1 ? "1 field" : fields + " fields", columns.size()));
    } else if (sampling) {
      addToSample();
    }
  }

  private void checkCells(long cells) {
    if (cells > limits.maxCells()) {
      throw exceeded("cells", limits.maxCells(), "max-cells");
    }
    if (cells > limits.cellsThatFit()) {
      throw new ProblemException(
          ProblemType.INSUFFICIENT_STORAGE,
          "In line %d the data no longer fits into the %d bytes of backprop.datasets.max-memory."
              .formatted(line, limits.maxMemory().bytes()));
    }
  }

  private void addToSample() {
    sample.add(new SampleRow(line, texts));
    for (String text : texts) {
      sampleCharacters += text.length();
    }
    if (sample.size() == SAMPLE_ROWS
        || (long) sample.size() * columns.size() >= SAMPLE_CELLS
        || sampleCharacters >= SAMPLE_CHARACTERS) {
      endSample();
    }
  }

  private void endSample() {
    sampling = false;
    for (int i = 0; i < columns.size(); i++) {
      int index = i;
      columns
          .get(i)
          .infer(
              () -> sample.stream().map(row -> row.texts().get(index)).iterator(),
              columns.size() > 2 && i < columns.size() - 1);
    }
    for (SampleRow row : sample) {
      for (int i = 0; i < columns.size(); i++) {
        char[] text = row.texts().get(i).toCharArray();
        columns.get(i).add(text, 0, text.length, row.line());
      }
    }
    sample.clear();
  }

  /// Settles what can be known only at the end, and adds errors about the file as a whole.
  void finish() {
    if (!headerRead) {
      errors.add(InputError.inLine(1, null, "the file is empty"));
      return;
    }
    if (sampling) {
      endSample();
    }
    for (String unknown : types.keySet()) {
      errors.add(
          "#/types",
          "query parameter types has '%s', which is no column of the file"
              .formatted(Texts.shorten(unknown)));
    }
    if (rows == 0) {
      errors.add(InputError.inLine(1, null, "the file has a header but no rows"));
    } else if (columns.stream().allMatch(CsvColumn::isIgnored) && errors.isEmpty()) {
      errors.add("#/types", "query parameter types leaves no column: all of them are ignored");
    }
  }

  /// The table. Gives up each column as it is built, so that no more than one is there twice.
  Table takeTable() {
    Table.Builder table = new Table.Builder();
    Collections.reverse(columns);
    while (!columns.isEmpty()) {
      columns.removeLast().build(table);
    }
    return table.build();
  }

  private void lineError(String detail) {
    errors.add(InputError.inLine(line, null, detail));
  }

  private ProblemException exceeded(String what, long limit, String property) {
    return new ProblemException(
        ProblemType.LIMIT_EXCEEDED,
        "In line %d the file has more than %d %s, the limit of backprop.datasets.%s."
            .formatted(line, limit, what, property));
  }

  private record SampleRow(long line, List<String> texts) {}
}

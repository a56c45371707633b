package dev.backprop.dataset.intake;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Takes the records of a CSV file field by field.
///
/// The texts of the first rows are held back until the decimal mark and the columns' types are
/// inferred from them; from then on each cell goes straight into its column. Unless the caller says
/// which it is, a first record of nothing but numbers is data, and the columns are called `c1`,
/// `c2`, ….
final class CsvTable extends AbstractBaseCsvCallbackHandler<CsvTable> {

  /// As many rows are looked at before the types are settled, fewer if they are wide.
  static final int SAMPLE_ROWS = 1_000;

  private static final int SAMPLE_CELLS = 200_000;
  private static final int SAMPLE_CHARACTERS = 4_000_000;

  /// No more is ever held, in however few rows it comes.
  private static final int HELD_CHARACTERS = 4 * SAMPLE_CHARACTERS;

  private final TableBuilder table;
  private final FileErrors errors;
  private final @Nullable Boolean header;
  private final List<DecimalMark> marks;
  private final List<SampleRow> sample = new ArrayList<>();
  private List<String> texts = new ArrayList<>();
  private CsvColumn[] columns = {};
  private long heldCharacters;
  private boolean headerRead;
  private boolean sampling = true;
  private long line;

  /// @param marks the decimal marks that the file can have, one if it is known
  CsvTable(
      TableBuilder table, FileErrors errors, @Nullable Boolean header, List<DecimalMark> marks) {
    this.table = table;
    this.errors = errors;
    this.header = header;
    this.marks = marks;
  }

  /// The line of the record that is being read, counted from 1.
  long line() {
    return line;
  }

  /// The name of the column whose field is being read, null if there is none.
  @Nullable String columnName() {
    return getFieldCount() < table.width() ? table.column(getFieldCount()).name() : null;
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
      table.checkWidth(index + 1, line);
      hold(new String(buffer, start, end - start));
    } else if (index < columns.length) {
      columns[index].add(buffer, start, end - start, line);
    } else if (sampling && index < table.width()) {
      hold(new String(buffer, start, end - start));
    }
  }

  private void hold(String text) {
    texts.add(text);
    heldCharacters += text.length();
    if (heldCharacters > HELD_CHARACTERS) {
      throw new ProblemException(
          ProblemType.LIMIT_EXCEEDED,
          "In line %d the first rows have more than %d characters, too many to infer the columns from."
              .formatted(line, HELD_CHARACTERS));
    }
  }

  @Override
  protected CsvTable buildRecord() {
    if (getRecordType() == RecordType.EMPTY) {
      return this;
    }
    if (headerRead) {
      endRow(getFieldCount());
    } else {
      headerRead = true;
      if (header == null ? isData(texts) : !header) {
        IntStream.rangeClosed(1, texts.size()).forEach(i -> addColumn("c" + i, i));
        endRow(texts.size());
      } else {
        IntStream.rangeClosed(1, texts.size()).forEach(i -> addColumn(texts.get(i - 1), i));
      }
    }
    texts = new ArrayList<>();
    return this;
  }

  private void addColumn(String name, int number) {
    table.addColumn(name, null, line, "field " + number + " of the header");
  }

  /// Whether all cells are numbers, missing ones aside.
  private boolean isData(List<String> cells) {
    return marks.stream()
        .anyMatch(
            mark ->
                cells.stream().noneMatch(text -> mark.cell(text) == CsvCell.TEXT)
                    && cells.stream().anyMatch(text -> mark.cell(text) != CsvCell.MISSING));
  }

  private void endRow(int fields) {
    table.countRow(line);
    boolean whole = fields == table.width();
    if (!whole) {
      errors.addToRow(
          line,
          null,
          () ->
              "line %d has %s, the header has %d"
                  .formatted(line, fields == 1 ? "1 field" : fields + " fields", table.width()));
    }
    if (!sampling || !whole) {
      table.endRow(sampling ? 0 : Math.min(fields, table.width()));
    } else {
      sample.add(new SampleRow(line, texts));
      if (sample.size() == SAMPLE_ROWS
          || (long) sample.size() * table.width() >= SAMPLE_CELLS
          || heldCharacters >= SAMPLE_CHARACTERS) {
        endSample();
      }
    }
  }

  private void endSample() {
    sampling = false;
    DecimalMark decimal = marks.size() == 1 ? marks.getFirst() : findDecimalMark();
    for (int i = 0; i < table.width(); i++) {
      table.column(i).use(decimal);
      table.column(i).infer(textsOf(i), table.mayLeaveOut(i));
    }
    for (SampleRow row : sample) {
      for (int i = 0; i < table.width(); i++) {
        char[] text = row.texts().get(i).toCharArray();
        table.column(i).add(text, 0, text.length, row.line());
      }
      table.endRow(table.width());
    }
    sample.clear();
    columns = IntStream.range(0, table.width()).mapToObj(table::column).toArray(CsvColumn[]::new);
  }

  private DecimalMark findDecimalMark() {
    return DecimalMark.of(
        IntStream.range(0, table.width())
            .filter(i -> table.column(i).canBeNumbers())
            .mapToObj(this::textsOf)
            .toList());
  }

  private Iterable<String> textsOf(int column) {
    return () -> sample.stream().map(row -> row.texts().get(column)).iterator();
  }

  /// Settles what can be known only at the end, and adds errors about the file as a whole.
  void finish() {
    if (!headerRead) {
      errors.addToFile(InputError.inLine(1, null, "the file is empty"));
      return;
    }
    if (sampling) {
      endSample();
    }
    table.finish(1);
  }

  private record SampleRow(long line, List<String> texts) {}
}

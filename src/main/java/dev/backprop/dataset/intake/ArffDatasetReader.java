package dev.backprop.dataset.intake;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.RejectedRows;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Reads Weka's attribute-relation file format (ARFF) as a stream into columns. The types of its
/// header are those of the columns, unless the caller says others.
final class ArffDatasetReader {

  private final DatasetProperties limits;

  ArffDatasetReader(DatasetProperties limits) {
    this.limits = limits;
  }

  /// The columns of a file, and the name of its relation where that can be a data set's.
  ///
  /// @throws ProblemException with all errors of the file, or over a limit
  /// @throws IOException if the stream fails
  FileTable read(InputStream in, CsvOptions options) throws IOException {
    FileErrors errors = new FileErrors(options.skipBadRows());
    TableBuilder table = new TableBuilder(limits, options.types(), errors);
    String relation = null;
    InputStream limited = new LimitedInputStream(in, limits.maxUpload().toBytes());
    try (TextReader text = new TextReader(limited, options.encoding(), options.charset())) {
      relation = read(new ArffTokens(text), table, errors);
    } catch (UnreadableTextException e) {
      errors.addToFile(InputError.inLine(e.line(), null, String.valueOf(e.getMessage())));
    }
    RejectedRows rejected = errors.settle(table.rows());
    return new FileTable(relation, table.takeTable(), rejected);
  }

  private static @Nullable String read(ArffTokens tokens, TableBuilder table, FileErrors errors)
      throws IOException {
    ArffHeader header = new ArffHeader(tokens, table, errors);
    header.read();
    if (!errors.inFile()) {
      long line = tokens.line();
      new ArffRows(tokens, header.attributes(), table, errors).read();
      table.finish(line);
    }
    String relation = header.relation();
    return relation != null && Dataset.NAME.matcher(relation).matches() ? relation : null;
  }
}

package dev.backprop.dataset.intake;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.RejectedRows;
import dev.backprop.dataset.Texts;
import dev.backprop.dataset.generator.Generator;
import dev.backprop.problem.InputErrors;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes data sets from what callers send.
@Component
public class DatasetFactory {

  private static final String DEFAULT_NAME = "data";

  private final DatasetProperties properties;
  private final Clock clock;

  /// A factory with the limits of the server.
  public DatasetFactory(DatasetProperties properties, Clock clock) {
    this.properties = properties;
    this.clock = clock;
  }

  /// The data set of a JSON request.
  ///
  /// @param errors takes all that is wrong with the request
  /// @param pointerPrefix where the request stands in the body: `#`, or `#/dataset` within a job
  /// @return nothing, exactly if errors were added
  public Optional<Dataset> fromRequest(
      DatasetRequest request, InputErrors errors, String pointerPrefix) {
    InputErrors own = new InputErrors();
    own.addAll(request.errors());
    if (request.generator() != null) {
      checkSize(request.generator(), own);
    }
    if (!own.isEmpty()) {
      own.toList().forEach(error -> errors.add(error.below(pointerPrefix)));
      return Optional.empty();
    }
    return Optional.of(create(request.name(), columns(request)));
  }

  /// The data set of a CSV file, read as a stream that is held to `backprop.datasets.max-upload`.
  ///
  /// @throws dev.backprop.problem.ProblemException with all bad lines of the file, or over a limit
  /// @throws IOException if the stream fails
  public Dataset fromCsv(InputStream csv, CsvOptions options) throws IOException {
    return create(options, new CsvDatasetReader(properties).read(csv, options));
  }

  /// The data set of an ARFF file, read as a stream that is held to `backprop.datasets.max-upload`.
  ///
  /// @throws dev.backprop.problem.ProblemException with all bad lines of the file, or over a limit
  /// @throws IOException if the stream fails
  public Dataset fromArff(InputStream arff, CsvOptions options) throws IOException {
    return create(options, new ArffDatasetReader(properties).read(arff, options));
  }

  private Dataset create(CsvOptions options, FileTable table) {
    String name = options.name() == null ? table.name() : options.name();
    return create(name, table.table(), table.rejected());
  }

  /// The data set of a file of newline-delimited JSON, read as a stream that is held to
  /// `backprop.datasets.max-upload`.
  ///
  /// @throws dev.backprop.problem.ProblemException with all bad lines of the file, or over a limit
  /// @throws IOException if the stream fails
  public Dataset fromNdjson(InputStream ndjson, CsvOptions options) throws IOException {
    return create(options, new NdjsonDatasetReader(properties).read(ndjson, options));
  }

  /// The data set of a Parquet file of at most `backprop.datasets.max-upload`.
  ///
  /// @throws dev.backprop.problem.ProblemException with all that is wrong with the file, or over a
  ///   limit
  /// @throws IOException if the stream or the temporary file that it goes to fails
  public Dataset fromParquet(InputStream parquet, CsvOptions options) throws IOException {
    return create(
        options.name(), new ParquetDatasetReader(properties).read(parquet, options), null);
  }

  /// A new data set of these columns.
  ///
  /// @param name null for the default
  public Dataset create(@Nullable String name, List<Column> columns) {
    return create(name, new Table(columns, List.of()), null);
  }

  private Dataset create(@Nullable String name, Table table, @Nullable RejectedRows rejected) {
    String id =
        "ds_" + UlidCreator.getMonotonicUlid(clock.millis()).toString().toLowerCase(Locale.ROOT);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new Dataset(
        id, name == null ? DEFAULT_NAME : name, table.columns(), table.ignored(), now, rejected);
  }

  private void checkSize(Generator generator, InputErrors errors) {
    if (generator.rows() > properties.maxRows()) {
      errors.add(
          "#/generator/rows",
          "rows is %d, the limit of backprop.datasets.max-rows is %d"
              .formatted(generator.rows(), properties.maxRows()));
    } else if (generator.cells() > properties.cellsThatFit()) {
      errors.add(
          "#/generator/rows",
          "%d rows make %d cells; backprop.datasets.max-cells and max-memory allow %d"
              .formatted(generator.rows(), generator.cells(), properties.cellsThatFit()));
    }
  }

  private static List<Column> columns(DatasetRequest request) {
    List<Column> columns = new ArrayList<>();
    if (request.inputs() != null) {
      columns.addAll(request.inputs().toColumns("x"));
    }
    if (request.targets() != null) {
      columns.addAll(request.targets().toColumns("y"));
    }
    if (request.rows() != null) {
      columns.addAll(request.rows().toColumns(""));
    }
    if (request.generator() != null) {
      columns.addAll(request.generator().generate());
    }
    return columns;
  }

  static String invalidName(String name) {
    return "the name '%s' is not 1 to 100 letters, digits, spaces, dots, underscores and minus signs that begin with a letter or digit"
        .formatted(Texts.shorten(name));
  }
}

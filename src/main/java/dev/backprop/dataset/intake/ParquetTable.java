package dev.backprop.dataset.intake;

import dev.backprop.dataset.Texts;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import dev.hardwood.InputFile;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RepetitionType;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.Validity;
import dev.hardwood.schema.ColumnSchema;
import dev.hardwood.schema.SchemaNode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fills columns from an open Parquet file, one after the other.
final class ParquetTable {

  /// Values that are unpacked together; fewer texts, each of which may be long.
  private static final int BATCH = 16_384;

  private static final int BATCH_OF_TEXTS = 64;

  private static final Set<CompressionCodec> UNPACKED =
      EnumSet.of(CompressionCodec.UNCOMPRESSED, CompressionCodec.GZIP, CompressionCodec.SNAPPY);

  private final InputFile file;
  private final ParquetFileReader reader;
  private final TypedColumns columns;
  private final InputErrors errors;

  ParquetTable(InputFile file, ParquetFileReader reader, TypedColumns columns, InputErrors errors) {
    this.file = file;
    this.reader = reader;
    this.columns = columns;
    this.errors = errors;
  }

  /// Reads all columns, or adds what is wrong with them.
  ///
  /// @throws ProblemException over a limit
  /// @throws IOException or a [RuntimeException] if the file is damaged
  void read() throws IOException {
    List<SchemaNode> nodes = reader.getFileSchema().getRootNode().children();
    for (SchemaNode node : nodes) {
      addColumn(node);
    }
    columns.complete();
    columns.checkTypes(errors);
    long rows = rows();
    columns.checkRows(rows);
    if (rows == 0) {
      errors.add(whole("the file has no rows"));
    }
    errors.throwIfAny(ProblemType.INVALID_DATA);
    for (int i = 0; i < nodes.size(); i++) {
      TypedColumn column = columns.all().get(i);
      if (!column.isIgnored() && nodes.get(i) instanceof SchemaNode.PrimitiveNode node) {
        readColumn(node.columnIndex(), column, rows);
      }
    }
  }

  private void addColumn(SchemaNode node) {
    String name = node.name();
    ColumnNames.problem(name).ifPresent(problem -> errors.add(whole(problem)));
    if (columns.find(name) != null) {
      errors.add(whole("the file has the column '" + Texts.shorten(name) + "' twice"));
    }
    TypedColumn column = columns.add(name);
    if (column.isIgnored()) {
      return;
    }
    String problem =
        switch (node) {
          case SchemaNode.GroupNode _ -> noCells("nested", name);
          case SchemaNode.PrimitiveNode leaf
              when leaf.repetitionType() == RepetitionType.REPEATED ->
              noCells("repeated", name);
          case SchemaNode.PrimitiveNode leaf -> problem(leaf);
        };
    if (problem != null) {
      error(name, problem);
    }
  }

  private static String noCells(String kind, String name) {
    return "the column is %s, which makes no cells of a table; to leave it out send ?types=%s:ignored"
        .formatted(kind, Texts.shorten(name));
  }

  /// Why a column cannot be read, null if it can.
  private @Nullable String problem(SchemaNode.PrimitiveNode leaf) {
    ParquetType type = new ParquetType(schema(leaf.columnIndex()));
    if (!type.isSupported()) {
      return noCells("of the type " + type.description(), leaf.name());
    }
    for (RowGroup group : reader.getFileMetaData().rowGroups()) {
      CompressionCodec codec = group.columns().get(leaf.columnIndex()).metaData().codec();
      if (!UNPACKED.contains(codec)) {
        return "the column is compressed with %s; gzip and snappy are unpacked, so write the file with one of them or without compression"
            .formatted(codec.toString().toLowerCase(Locale.ROOT));
      }
    }
    return null;
  }

  private ColumnSchema schema(int index) {
    return reader.getFileSchema().getColumn(index);
  }

  private long rows() throws DamagedParquetException {
    long rows = 0;
    for (RowGroup group : reader.getFileMetaData().rowGroups()) {
      if (group.numRows() < 0
          || group.columns().size() != reader.getFileSchema().getColumnCount()) {
        throw new DamagedParquetException("its metadata is damaged");
      }
      rows = Math.addExact(rows, group.numRows());
    }
    return rows;
  }

  private void readColumn(int index, TypedColumn column, long rows) throws IOException {
    ParquetPages pages = new ParquetPages(file, Texts.shorten(column.name()));
    for (RowGroup group : reader.getFileMetaData().rowGroups()) {
      ColumnChunk chunk = group.columns().get(index);
      pages.check(chunk, group.numRows());
    }
    ColumnSchema schema = schema(index);
    boolean texts = schema.type() == PhysicalType.BYTE_ARRAY;
    try (ColumnReader batches =
        reader.buildColumnReader(index).batchSize(texts ? BATCH_OF_TEXTS : BATCH).build()) {
      ParquetType type = new ParquetType(schema);
      while (isWanted(column) && batches.nextBatch()) {
        readBatch(batches, type.cells(batches), column);
      }
    }
    if (isWanted(column) && column.size() != rows) {
      throw new DamagedParquetException(
          "column '%s' is damaged".formatted(Texts.shorten(column.name())));
    }
  }

  /// Not if it was left out on the way, or if there are more errors than are told.
  private boolean isWanted(TypedColumn column) {
    return !column.isIgnored() && errors.total() <= InputErrors.LIMIT;
  }

  private void readBatch(ColumnReader batch, ParquetType.Cells cells, TypedColumn column) {
    Validity validity = batch.getLeafValidity();
    for (int i = 0; i < batch.getRecordCount(); i++) {
      if (validity.isNull(i)) {
        column.addMissing();
        continue;
      }
      int row = column.size();
      String wrong = cells.add(i, column);
      if (wrong != null) {
        error(column.name(), "row %d (counted from 0): %s".formatted(row, wrong));
      }
    }
  }

  private void error(String column, String detail) {
    errors.add(new InputError(null, null, Texts.shorten(column), detail));
  }

  private static InputError whole(String detail) {
    return new InputError(null, null, null, detail);
  }
}

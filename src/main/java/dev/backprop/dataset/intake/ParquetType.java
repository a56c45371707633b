package dev.backprop.dataset.intake;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.schema.ColumnSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How the values of a Parquet column become cells.
final class ParquetType {

  /// Bytes of the longest decimal number.
  private static final int LONGEST_DECIMAL = 64;

  private static final int LARGEST_SCALE = 100;

  private final ColumnSchema schema;

  ParquetType(ColumnSchema schema) {
    this.schema = schema;
  }

  /// Whether its values can be cells.
  boolean isSupported() {
    return switch (schema.type()) {
      case BOOLEAN, FLOAT, DOUBLE -> schema.logicalType() == null || isNull();
      case INT32, INT64 -> isNumber() || isNull() || isDate() || isDecimal();
      case BYTE_ARRAY ->
          isNull()
              || isDecimal()
              || schema.logicalType() instanceof LogicalType.StringType
              || schema.logicalType() instanceof LogicalType.EnumType;
      case FIXED_LEN_BYTE_ARRAY ->
          isDecimal() && schema.typeLength() > 0 && schema.typeLength() <= LONGEST_DECIMAL;
      case INT96 -> false;
    };
  }

  /// The type in the words of the format.
  String description() {
    return schema.logicalType() == null
        ? schema.type().toString()
        : schema.logicalType() + " in " + schema.type();
  }

  private boolean isNull() {
    return schema.logicalType() instanceof LogicalType.NullType;
  }

  private boolean isNumber() {
    return schema.logicalType() == null || schema.logicalType() instanceof LogicalType.IntType;
  }

  private boolean isDate() {
    return schema.type() == PhysicalType.INT32
        ? schema.logicalType() instanceof LogicalType.DateType
        : schema.logicalType() instanceof LogicalType.TimestampType;
  }

  private boolean isDecimal() {
    return schema.logicalType() instanceof LogicalType.DecimalType decimal
        && decimal.scale() <= LARGEST_SCALE;
  }

  /// Adds the value at a place of a batch to the column; see [TypedColumn#addNumber].
  interface Cells {
    @Nullable String add(int index, TypedColumn column);
  }

  /// The values of a batch.
  Cells cells(ColumnReader batch) {
    return switch (schema.type()) {
      case BOOLEAN -> {
        boolean[] values = batch.getBooleans();
        yield (i, column) -> column.addBoolean(values[i]);
      }
      case INT32 -> {
        int[] values = batch.getInts();
        yield isUnsigned()
            ? (i, column) -> addWhole(Integer.toUnsignedLong(values[i]), column)
            : (i, column) -> addWhole(values[i], column);
      }
      case INT64 -> {
        long[] values = batch.getLongs();
        yield (i, column) -> addWhole(values[i], column);
      }
      case FLOAT -> {
        float[] values = batch.getFloats();
        yield (i, column) -> addFraction(values[i], Float.toString(values[i]), column);
      }
      case DOUBLE -> {
        double[] values = batch.getDoubles();
        yield (i, column) -> addFraction((float) values[i], Double.toString(values[i]), column);
      }
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96 -> {
        byte[] values = batch.getBinaryValues();
        int[] offsets = batch.getBinaryOffsets();
        yield (i, column) -> addBytes(values, offsets[i], offsets[i + 1] - offsets[i], column);
      }
    };
  }

  private boolean isUnsigned() {
    return schema.logicalType() instanceof LogicalType.IntType whole && !whole.isSigned();
  }

  private @Nullable String addWhole(long value, TypedColumn column) {
    return switch (schema.logicalType()) {
      case LogicalType.DateType _ -> column.addDate((double) value);
      case LogicalType.TimestampType timestamp -> column.addDate(value / perDay(timestamp.unit()));
      case LogicalType.DecimalType decimal ->
          addDecimal(BigDecimal.valueOf(value, decimal.scale()), column);
      case null, default ->
          isUnsigned() && value < 0
              ? addDecimal(new BigDecimal(Long.toUnsignedString(value)), column)
              : column.addNumber((float) value, () -> Long.toString(value));
    };
  }

  private static double perDay(LogicalType.TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 86_400e3;
      case MICROS -> 86_400e6;
      case NANOS -> 86_400e9;
    };
  }

  private static @Nullable String addFraction(float value, String written, TypedColumn column) {
    if (Float.isNaN(value)) {
      column.addMissing();
      return null;
    }
    return column.addNumber(value, () -> written);
  }

  private static @Nullable String addDecimal(BigDecimal value, TypedColumn column) {
    return column.addNumber(value.floatValue(), value::toPlainString);
  }

  private @Nullable String addBytes(byte[] bytes, int offset, int length, TypedColumn column) {
    if (!(schema.logicalType() instanceof LogicalType.DecimalType decimal)) {
      return column.addText(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }
    if (length == 0 || length > LONGEST_DECIMAL) {
      column.addMissing();
      return "a decimal number of %d bytes; 1 to %d are read".formatted(length, LONGEST_DECIMAL);
    }
    return addDecimal(
        new BigDecimal(new BigInteger(bytes, offset, length), decimal.scale()), column);
  }
}

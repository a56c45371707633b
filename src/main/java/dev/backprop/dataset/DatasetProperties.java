package dev.backprop.dataset;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// Limits of data sets.
///
/// @param maxRows rows of one data set
/// @param maxColumns columns of one data set
/// @param maxCells rows times columns of one data set
/// @param maxCategories distinct texts of one category column
/// @param maxUpload bytes of one uploaded file, unpacked
/// @param maxMemory memory for all data sets together: a size or a share of the heap
/// @param maxGzipRatio how many times the size of a gzip file its content may have, beyond 16 MB
@Validated
@ConfigurationProperties("backprop.datasets")
public record DatasetProperties(
    @DefaultValue("10000000") @Positive int maxRows,
    @DefaultValue("20000") @Positive int maxColumns,
    @DefaultValue("250000000") @Positive long maxCells,
    @DefaultValue("10000") @Min(2) @Max(1 << 24) int maxCategories,
    @DefaultValue("256MB") DataSize maxUpload,
    @DefaultValue("25%") MemoryLimit maxMemory,
    @DefaultValue("100") @Positive int maxGzipRatio) {

  /// What holds where nothing is configured.
  public static DatasetProperties defaults() {
    return new Binder(new MapConfigurationPropertySource())
        .bindOrCreate("backprop.datasets", DatasetProperties.class);
  }

  /// How many cells fit both limits that there are for them.
  public long cellsThatFit() {
    return Math.min(maxCells, maxMemory.bytes() / Float.BYTES);
  }
}

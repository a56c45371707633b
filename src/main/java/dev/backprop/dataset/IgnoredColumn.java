package dev.backprop.dataset;

/// A column of the source that the data set does not have.
///
/// @param name of the column
/// @param position among all columns of the source, counted from 0
/// @param reason why it was left out
public record IgnoredColumn(String name, int position, String reason) {}

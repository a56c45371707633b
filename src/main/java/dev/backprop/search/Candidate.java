package dev.backprop.search;

import org.jspecify.annotations.Nullable;

/// What is tried.
///
/// @param trial counted from 1 in the order in which they are begun
/// @param number of the point, counted from 0
/// @param rung counted from 0; 0 where there is but one
/// @param epochs in place of the job's own, or null
record Candidate(int trial, int number, Space.Point point, int rung, @Nullable Integer epochs) {}

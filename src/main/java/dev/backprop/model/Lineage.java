package dev.backprop.model;

import io.swagger.v3.oas.annotations.media.Schema;

/// Where a model comes from.
///
/// @param job the id of the job that trained it
/// @param datasetSha256 the content hash of its data set
/// @param seed of everything random
/// @param codeVersion the version of the server
/// @param parametersSha256 SHA-256 over all parameters as little-endian 32-bit floats, layer by
///   layer, each W row by row, then b
@Schema(description = "Where the model comes from")
public record Lineage(
    String job, String datasetSha256, long seed, String codeVersion, String parametersSha256) {}

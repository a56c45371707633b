package dev.backprop.core.nn;

/// What an epoch did in a layer. Norms are Euclidean, over the weights and biases of the layer
/// together; one is not finite where the numbers are not.
///
/// @param gradientNorm mean over the batches of ‖∂L/∂(Wₗ, bₗ)‖, of the loss as backpropagation
///   gives it: before penalties and clipping
/// @param parameterNorm ‖(Wₗ, bₗ)‖ after the epoch
/// @param deadUnits share of the units whose f′ was 0 for every training row of the epoch, so that
///   they learned nothing; NaN for the output, whose error is the loss's
public record LayerStatistics(double gradientNorm, double parameterNorm, double deadUnits) {}

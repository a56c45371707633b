/// Multilayer perceptrons: what a network is, how it computes, and how its gradients are found.
///
/// Notation, with n rows in a batch and layers 1 … L of d₁ … d_L units on d₀ inputs:
///
/// | symbol | shape | meaning |
/// |---|---|---|
/// | X = A₀ | n × d₀ | inputs, one example a row |
/// | Wₗ, bₗ | dₗ₋₁ × dₗ, 1 × dₗ | weights and biases of a layer |
/// | Zₗ = Aₗ₋₁·Wₗ + bₗ | n × dₗ | what the units sum up |
/// | γₗ, βₗ | 1 × dₗ | scale and shift of a hidden layer with normalization, where γₗ ⊙ Ẑₗ + βₗ takes the place of Zₗ |
/// | Aₗ = fₗ(Zₗ) | n × dₗ | what they put out; A_L is the network's output |
/// | Mₗ | n × dₗ | masks of dropout, in training only: Aₗ ⊙ Mₗ is what the next layer gets |
/// | Y | n × d_L | targets |
/// | w | n × 1 | weights of the rows, where they differ |
/// | L | 1 | loss, a mean over the rows, Σ wᵢ·ℓᵢ / n where they are weighted |
/// | δₗ = ∂L/∂Zₗ | n × dₗ | the error, propagated back |
/// | θ | 1 | all Wₗ and bₗ in one flat array, layer by layer, each W row by row, then b, then γ and β |
///
/// Rumelhart, Hinton, Williams: Learning Representations by Back-propagating Errors, Nature 323,
/// 1986.
@NullMarked
package dev.backprop.core.nn;

import org.jspecify.annotations.NullMarked;

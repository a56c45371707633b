"""Makes xor.json.gz: XOR on 2-2-1 sigmoid units by textbook backpropagation in float64.

Full batch, 10,000 epochs, mean squared error (sum of (a - y)^2 / (n k)), gradient descent with
learning rate 0.2. The loss of an epoch is that of the forward pass before its step. Initial
parameters are multiples of 1/1024, so that float32 holds them exactly.

Usage: python3 xor.py (needs NumPy; writes beside itself)
"""

import gzip
import json
from pathlib import Path

import numpy as np

EPOCHS = 10_000
LEARNING_RATE = 0.2
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64)
Y = np.array([[0], [1], [1], [0]], dtype=np.float64)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def train(w1, b1, w2, b2):
    losses = np.empty(EPOCHS)
    for epoch in range(EPOCHS):
        a1 = sigmoid(X @ w1 + b1)
        a2 = sigmoid(a1 @ w2 + b2)
        losses[epoch] = np.mean((a2 - Y) ** 2)
        delta2 = 2 * (a2 - Y) / a2.size * a2 * (1 - a2)
        delta1 = delta2 @ w2.T * a1 * (1 - a1)
        w2 = w2 - LEARNING_RATE * a1.T @ delta2
        b2 = b2 - LEARNING_RATE * delta2.sum(axis=0)
        w1 = w1 - LEARNING_RATE * X.T @ delta1
        b1 = b1 - LEARNING_RATE * delta1.sum(axis=0)
    return losses


def initial(seed, limit, bias_limit):
    random = np.random.default_rng(seed)

    def draw(bound, *shape):
        return np.round(random.uniform(-bound, bound, shape) * 1024) / 1024

    return draw(limit, 2, 2), draw(bias_limit, 2), draw(limit, 2, 1), draw(bias_limit, 1)


def case(name, w1, b1, w2, b2):
    losses = train(w1, b1, w2, b2)
    print(f"{name}: {losses[0]:.6f} -> {losses[-1]:.6f}")
    return {
        "name": name,
        "weights1": w1.tolist(),
        "biases1": b1.tolist(),
        "weights2": w2.tolist(),
        "biases2": b2.tolist(),
        "losses": [float(f"{loss:.8e}") for loss in losses],
    }


cases = [
    case("written out by hand", np.array([[0.5, -0.25], [0.75, 0.125]]), np.array([0.0, 0.0]),
         np.array([[1.0], [-0.5]]), np.array([0.0])),
    case("weights in [-1, 1], no biases", *initial(1, 1, 0)),
    case("weights in [-1, 1], biases too", *initial(2, 1, 1)),
    case("weights in [-2, 2], no biases", *initial(3, 2, 0)),
    case("weights in [-4, 4], biases too", *initial(4, 4, 4)),
]
text = json.dumps(cases, separators=(",", ":"))
target = Path(__file__).with_name("xor.json.gz")
target.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))

"""Makes maxNorm.json: parameters after 1 and after 10 steps under a max-norm constraint, in float64.

A network 3-4-2: tanh units, linear outputs, mean squared error, full batches of 5 rows, gradient
descent at 1/16. After each step the incoming weights w of every unit with a norm above c become
w * c / norm(w), as in Srivastava et al., JMLR 15, 2014; biases stay as they are. Only the forward
pass is written out; the gradient is its complex-step derivative, Im(L(theta + ih)) / h, exact to
float64.

Parameters are flat: W of the first layer (inputs x units, row by row), its b, then the second
layer's. What a test starts from is a multiple of 1/1024, exact in float32.

Usage: python3 maxNorm.py (needs NumPy; writes beside itself)
"""

import json
from pathlib import Path

import numpy as np

UNITS = [3, 4, 2]
ROWS = 5
LEARNING_RATE = 1 / 16
MAX_NORM = 1.125
H = 1e-30

random = np.random.default_rng(2014)


def draw(*shape):
    return np.round(random.standard_normal(shape) * 1024) / 1024


def layers(theta):
    offset = 0
    for inputs, units in zip(UNITS, UNITS[1:]):
        middle, end = offset + inputs * units, offset + (inputs + 1) * units
        yield theta[offset:middle].reshape(inputs, units), theta[middle:end]
        offset = end


def loss(theta):
    (w1, b1), (w2, b2) = layers(theta)
    return np.mean((np.tanh(x @ w1 + b1) @ w2 + b2 - y) ** 2)


def gradient(theta):
    return np.array([loss(theta + 1j * H * unit).imag / H for unit in np.eye(len(theta))])


x = draw(ROWS, UNITS[0])
y = draw(ROWS, UNITS[-1])
initial = draw(sum((i + 1) * u for i, u in zip(UNITS, UNITS[1:])))
theta = initial.copy()
after = []
for step in range(10):
    theta = theta - LEARNING_RATE * gradient(theta)
    for w, _ in layers(theta):
        for unit in range(w.shape[1]):
            norm = np.linalg.norm(w[:, unit])
            if norm > MAX_NORM:
                w[:, unit] *= MAX_NORM / norm
    after.append(theta.tolist())
    print(step + 1, [np.linalg.norm(w, axis=0).round(3).tolist() for w, _ in layers(theta)])
golden = {
    "maxNorm": MAX_NORM,
    "inputs": x.tolist(),
    "targets": y.tolist(),
    "initial": initial.tolist(),
    "afterOneStep": after[0],
    "afterTenSteps": after[9],
}
target = Path(__file__).with_name("maxNorm.json")
target.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
print(f"NumPy {np.__version__}")

"""Makes dropout.json: parameters after 1 and after 10 steps with given masks, in float64.

A network 3-4-3-2: tanh units of which half are left out, silu units of which a quarter are left
out, linear outputs, mean squared error, full batches of 5 rows, gradient descent at 1/16. Each step
has its own masks. Only the forward pass is written out, A * M as in Srivastava et al., JMLR 15,
2014; the gradient is its complex-step derivative, Im(L(theta + ih)) / h, exact to float64.

Parameters are flat: W of the first layer (inputs x units, row by row), its b, then the others'.
What a test starts from is a multiple of 1/1024, exact in float32.

Usage: python3 dropout.py (needs NumPy; writes beside itself)
"""

import json
from pathlib import Path

import numpy as np

UNITS = [3, 4, 3, 2]
RATES = [0.5, 0.25]
ROWS = 5
LEARNING_RATE = 1 / 16
H = 1e-30

random = np.random.default_rng(2014)


def draw(*shape):
    return np.round(random.standard_normal(shape) * 1024) / 1024


def loss(theta, masks):
    a, offset = x, 0
    for layer, (inputs, units) in enumerate(zip(UNITS, UNITS[1:])):
        w = theta[offset : offset + inputs * units].reshape(inputs, units)
        b = theta[offset + inputs * units : offset + (inputs + 1) * units]
        offset += (inputs + 1) * units
        z = a @ w + b
        if layer == 0:
            a = np.tanh(z) * masks[0]
        elif layer == 1:
            a = z / (1 + np.exp(-z)) * masks[1]
    return np.mean((z - y) ** 2)


def gradient(theta, masks):
    return np.array(
        [loss(theta + 1j * H * unit, masks).imag / H for unit in np.eye(len(theta))]
    )


x = draw(ROWS, UNITS[0])
y = draw(ROWS, UNITS[-1])
initial = draw(sum((i + 1) * u for i, u in zip(UNITS, UNITS[1:])))
theta = initial.copy()
steps = []
for _ in range(10):
    masks = [
        (random.random((ROWS, units)) >= p) / (1 - p) for units, p in zip(UNITS[1:], RATES)
    ]
    value = loss(theta, masks)
    theta = theta - LEARNING_RATE * gradient(theta, masks)
    steps.append({"masks": [m.tolist() for m in masks], "loss": value, "theta": theta.tolist()})
golden = {
    "inputs": x.tolist(),
    "targets": y.tolist(),
    "initial": initial.tolist(),
    "steps": steps,
}
target = Path(__file__).with_name("dropout.json")
target.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
print(f"NumPy {np.__version__}")

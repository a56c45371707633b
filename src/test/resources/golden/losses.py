"""Makes losses.json: losses and what they train, by PyTorch in float64.

For each loss the loss of networks 3-4-2 with tanh units, behind an output activation, and their
parameters after 1 and after 10 steps of gradient descent (learning rate 1/16, full batches of 5
rows). PyTorch has no log-cosh, quantile and hinge loss of this form; theirs are the formulas.
Parameters are flat: W of the first layer (inputs x units, row by row), its b, then the second
layer's. What a test starts from is exact in float32.

Usage: python3 losses.py (needs PyTorch; writes beside itself)
"""

import json
import math
from pathlib import Path

import torch
from torch.nn import functional as F

LEARNING_RATE = 1 / 16
SHAPES = [(3, 4), (4,), (4, 2), (2,)]
OUTPUTS = {
    "linear": lambda z: z,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "softplus": lambda z: F.softplus(z, threshold=1e9),
}


def log_cosh(a, y):
    return (torch.logaddexp(a - y, y - a) - math.log(2)).mean()


def quantile(q):
    return lambda a, y: torch.maximum((1 - q) * (a - y), q * (y - a)).mean()


def hinge(a, y):
    return torch.clamp(1 - (2 * y - 1) * a, min=0).mean()


def poisson(a, y):
    return F.poisson_nll_loss(a, y, log_input=False, full=False, eps=0)


def cross_entropy(smoothing):
    return lambda z, y: F.cross_entropy(z, y, label_smoothing=smoothing)


CASES = [
    ("meanSquaredError", 0, "linear", "numbers", F.mse_loss),
    ("meanAbsoluteError", 0, "linear", "numbers", F.l1_loss),
    ("meanAbsoluteError", 0, "tanh", "numbers", F.l1_loss),
    ("huber", 1, "linear", "numbers", F.huber_loss),
    ("huber", 0.25, "linear", "numbers", lambda a, y: F.huber_loss(a, y, delta=0.25)),
    ("logCosh", 0, "linear", "numbers", log_cosh),
    ("logCosh", 0, "softplus", "numbers", log_cosh),
    ("quantile", 0.5, "linear", "numbers", quantile(0.5)),
    ("quantile", 0.875, "linear", "numbers", quantile(0.875)),
    ("poisson", 0, "softplus", "counts", poisson),
    ("binaryCrossEntropy", 0, "sigmoid", "labels", F.binary_cross_entropy),
    ("categoricalCrossEntropy", 0, "softmax", "classes", cross_entropy(0)),
    ("categoricalCrossEntropy", 0.125, "softmax", "classes", cross_entropy(0.125)),
    ("hinge", 0, "linear", "labels", hinge),
    ("hinge", 0, "tanh", "labels", hinge),
]

torch.set_default_dtype(torch.float64)
random = torch.Generator().manual_seed(1964)


def draw(*shape):
    return torch.round(torch.randn(shape, generator=random) * 1024) / 1024


x = draw(5, 3)
theta = [draw(*shape) / 2 for shape in SHAPES]
targets = {
    "numbers": draw(5, 2),
    "counts": torch.tensor([[0.0, 3.0], [1.0, 0.0], [2.0, 7.0], [0.0, 1.0], [4.0, 2.0]]),
    "labels": torch.tensor([[0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]),
    "classes": torch.eye(2)[[0, 1, 1, 0, 1]],
}


def flat(parameters):
    return [number for p in parameters for number in p.detach().flatten().tolist()]


def case(name, number, output, kind, loss):
    parameters = [p.clone().requires_grad_() for p in theta]
    optimizer = torch.optim.SGD(parameters, lr=LEARNING_RATE)
    values, after = [], {}
    for step in range(1, 11):
        w1, b1, w2, b2 = parameters
        z = torch.tanh(x @ w1 + b1) @ w2 + b2
        # PyTorch's cross-entropy has the softmax within
        value = loss(z if output == "softmax" else OUTPUTS[output](z), targets[kind])
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        values.append(value.item())
        after[step] = flat(parameters)
    return {
        "loss": name,
        "number": number,
        "output": output,
        "targets": targets[kind].tolist(),
        "values": values,
        "afterOneStep": after[1],
        "afterTenSteps": after[10],
    }


golden = {
    "inputs": x.tolist(),
    "initial": flat(theta),
    "cases": [case(*each) for each in CASES],
}
target = Path(__file__).with_name("losses.json")
target.write_text(json.dumps(golden) + "\n", encoding="utf-8")
print(f"PyTorch {torch.__version__}")

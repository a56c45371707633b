"""Makes activations.json: PyTorch's activations in float64.

"points": each activation and its derivative over a range of sums. "steps": parameters of networks
3-4-2 after 1 and after 10 steps of gradient descent (learning rate 1/16, full batches of 5 rows,
mean squared error), with the activation in the hidden layer before a linear output ("hidden"), and
in the output behind tanh ("output"). Parameters are flat: W of the first layer (inputs x units, row
by row), its b, then the second layer's. What a test starts from is exact in float32.

Usage: python3 activations.py (needs PyTorch; writes beside itself)
"""

import json
from pathlib import Path

import torch
from torch.nn import functional as F

LEARNING_RATE = 1 / 16
SHAPES = [(3, 4), (4,), (4, 2), (2,)]
ACTIVATIONS = {
    "linear": lambda z: z * 1,
    "sigmoid": torch.sigmoid,
    "hardSigmoid": F.hardsigmoid,
    "tanh": torch.tanh,
    "relu": F.relu,
    "leakyRelu": F.leaky_relu,
    "leakyRelu 0.25": lambda z: F.leaky_relu(z, 0.25),
    "elu": F.elu,
    "elu 0.5": lambda z: F.elu(z, 0.5),
    "selu": F.selu,
    "gelu": F.gelu,
    "silu": F.silu,
    "softplus": lambda z: F.softplus(z, threshold=1e9),
    "softsign": F.softsign,
}
HIDDEN_ONLY = {"gelu", "silu"}

torch.set_default_dtype(torch.float64)
random = torch.Generator().manual_seed(1989)


def draw(*shape):
    return torch.round(torch.randn(shape, generator=random) * 1024) / 1024


x = draw(5, 3)
y = draw(5, 2)
theta = [draw(*shape) / 2 for shape in SHAPES]
sums = torch.cat(
    [
        torch.tensor([-60.0, -30.0, -12.0, -8.0, -5.0, 5.0, 8.0, 12.0, 30.0, 60.0]),
        torch.arange(-4.0, 4.0, 0.171875) + 1 / 1024,
        torch.tensor([-1.0, 1.0]) / 1024,
    ]
)


def flat(parameters):
    return [number for p in parameters for number in p.detach().flatten().tolist()]


def points(name):
    z = sums.clone().requires_grad_()
    a = ACTIVATIONS[name](z)
    a.sum().backward()
    return {"activation": name, "values": a.tolist(), "derivatives": z.grad.tolist()}


def steps(name, place):
    hidden = ACTIVATIONS[name] if place == "hidden" else torch.tanh
    output = ACTIVATIONS[name] if place == "output" else (lambda z: z)
    parameters = [p.clone().requires_grad_() for p in theta]
    optimizer = torch.optim.SGD(parameters, lr=LEARNING_RATE)
    after = {}
    for step in range(1, 11):
        w1, b1, w2, b2 = parameters
        a = output(hidden(x @ w1 + b1) @ w2 + b2)
        optimizer.zero_grad()
        F.mse_loss(a, y).backward()
        optimizer.step()
        after[step] = flat(parameters)
    return {
        "activation": name,
        "place": place,
        "afterOneStep": after[1],
        "afterTenSteps": after[10],
    }


golden = {
    "sums": sums.tolist(),
    "points": [points(name) for name in ACTIVATIONS],
    "inputs": x.tolist(),
    "targets": y.tolist(),
    "initial": flat(theta),
    "steps": [steps(name, "hidden") for name in ACTIVATIONS]
    + [steps(name, "output") for name in ACTIVATIONS if name not in HIDDEN_ONLY],
}
target = Path(__file__).with_name("activations.json")
target.write_text(json.dumps(golden) + "\n", encoding="utf-8")
print(f"PyTorch {torch.__version__}")

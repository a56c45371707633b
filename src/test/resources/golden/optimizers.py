"""Makes optimizers.json: parameters after 1 and after 10 steps of PyTorch's optimizers in float64.

Two networks 3-4-2 with tanh units: softmax with cross-entropy, and linear with mean squared error;
full batches of 5 rows. Parameters are flat: W of the first layer (inputs x units, row by row), its
b, then the second layer's. What a test starts from is a multiple of 1/1024, exact in float32.

Usage: python3 optimizers.py (needs PyTorch; writes beside itself)
"""

import json
from pathlib import Path

import torch

SHAPES = [(3, 4), (4,), (4, 2), (2,)]
OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.25),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.875),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.875, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, lr=0.0625),
    "adam with other decays": lambda p: torch.optim.Adam(
        p, lr=0.0625, betas=(0.75, 0.9375), eps=0.0078125
    ),
}
LOSSES = {
    "categoricalCrossEntropy": torch.nn.functional.cross_entropy,
    "meanSquaredError": torch.nn.functional.mse_loss,
}

torch.set_default_dtype(torch.float64)
random = torch.Generator().manual_seed(1986)


def draw(*shape):
    return torch.round(torch.randn(shape, generator=random) * 1024) / 1024


x = draw(5, 3)
targets = {
    "categoricalCrossEntropy": torch.eye(2)[[0, 1, 1, 0, 1]],
    "meanSquaredError": draw(5, 2),
}
theta = [draw(*shape) for shape in SHAPES]


def flat(parameters):
    return [number for p in parameters for number in p.detach().flatten().tolist()]


def case(loss_name, optimizer_name):
    parameters = [p.clone().requires_grad_() for p in theta]
    optimizer = OPTIMIZERS[optimizer_name](parameters)
    after = {}
    for step in range(1, 11):
        w1, b1, w2, b2 = parameters
        z = torch.tanh(x @ w1 + b1) @ w2 + b2
        optimizer.zero_grad()
        LOSSES[loss_name](z, targets[loss_name]).backward()
        optimizer.step()
        after[step] = flat(parameters)
    return {
        "loss": loss_name,
        "optimizer": optimizer_name,
        "targets": targets[loss_name].tolist(),
        "afterOneStep": after[1],
        "afterTenSteps": after[10],
    }


golden = {
    "inputs": x.tolist(),
    "initial": flat(theta),
    "cases": [case(loss, optimizer) for loss in LOSSES for optimizer in OPTIMIZERS],
}
target = Path(__file__).with_name("optimizers.json")
target.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
print(f"PyTorch {torch.__version__}")

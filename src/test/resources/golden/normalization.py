"""Makes normalization.json: trainings with PyTorch's BatchNorm1d and LayerNorm in float64.

A network 3-4-3-2: sums, normalization, tanh; sums, normalization, silu; linear outputs; mean squared
error. 14 rows in full batches for 1 and for 10 epochs, or in batches of 3, the last of 2, in the
order of the rows, for 1 and for 2 epochs, which are 5 and 10 steps. After each: the parameters, the
running statistics, and what the network in its form for inference makes of other inputs.

Parameters are flat: W of the first layer (inputs x units, row by row), its b, gamma, beta, then the
others'. Statistics are running mean and variance of the first layer, then the second's. What a test
starts from is a multiple of 1/1024, exact in float32.

Usage: python3 normalization.py (needs PyTorch; writes beside itself)
"""

import copy
import json
from pathlib import Path

import torch
from torch import nn

SHAPES = [(3, 4), (4,), (4,), (4,), (4, 3), (3,), (3,), (3,), (3, 2), (2,)]
ROWS = 14
BATCHES = {"full": (ROWS, [1, 10]), "three": (3, [1, 2])}
NORMALIZATIONS = {
    "batch": lambda units: nn.BatchNorm1d(units),
    "batch with other numbers": lambda units: nn.BatchNorm1d(units, momentum=0.25, eps=0.0078125),
    "layer": lambda units: nn.LayerNorm(units),
    "layer with another epsilon": lambda units: nn.LayerNorm(units, eps=0.0078125),
}
OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.125),
    "adam": lambda p: torch.optim.Adam(p, lr=0.0625),
}

torch.set_default_dtype(torch.float64)
random = torch.Generator().manual_seed(2016)


def draw(*shape):
    return torch.round(torch.randn(shape, generator=random) * 1024) / 1024


x, y, others = draw(ROWS, 3), draw(ROWS, 2), draw(5, 3)
theta = [draw(*shape) for shape in SHAPES]


def network(normalization):
    make = NORMALIZATIONS[normalization]
    made = nn.Sequential(
        nn.Linear(3, 4), make(4), nn.Tanh(), nn.Linear(4, 3), make(3), nn.SiLU(), nn.Linear(3, 2)
    )
    with torch.no_grad():
        for target, start in zip(made.parameters(), theta):
            target.copy_(start.T if start.dim() == 2 else start)
    return made


def flat(parameters):
    return [n for p in parameters for n in (p.T if p.dim() == 2 else p).flatten().tolist()]


def state(trained, epochs):
    predicting = copy.deepcopy(trained).eval()
    statistics = [buffer for name, buffer in trained.named_buffers() if "running" in name]
    return {
        "epochs": epochs,
        "parameters": flat(p.detach() for p in trained.parameters()),
        "statistics": flat(statistics),
        "outputs": predicting(others).tolist(),
    }


def case(normalization, optimizer_name, batch):
    size, measured = BATCHES[batch]
    trained = network(normalization).train()
    optimizer = OPTIMIZERS[optimizer_name](trained.parameters())
    states = []
    for epoch in range(1, max(measured) + 1):
        for start in range(0, ROWS, size):
            optimizer.zero_grad()
            rows = slice(start, start + size)
            nn.functional.mse_loss(trained(x[rows]), y[rows]).backward()
            optimizer.step()
        if epoch in measured:
            states.append(state(trained, epoch))
    return {
        "normalization": normalization,
        "optimizer": optimizer_name,
        "batch": batch,
        "states": states,
    }


golden = {
    "inputs": x.tolist(),
    "targets": y.tolist(),
    "otherInputs": others.tolist(),
    "initial": [n for p in theta for n in p.flatten().tolist()],
    "cases": [
        case(normalization, optimizer, batch)
        for normalization in NORMALIZATIONS
        for optimizer in OPTIMIZERS
        for batch in BATCHES
    ],
}
target = Path(__file__).with_name("normalization.json")
target.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
print(f"PyTorch {torch.__version__}")

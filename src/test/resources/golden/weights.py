"""Makes weights.json: what weighted rows train, by PyTorch in float64.

For each case the loss of networks 3-4-2 with tanh units, behind an output activation, and their
parameters after 1 and after 10 epochs of gradient descent (learning rate 1/16, batches in the order
of the rows). The loss of a batch of n rows is sum(w * l) / n, where the weights of all rows have a
mean of 1; for classes it is PyTorch's own cross-entropy with a weight for each class, which divides
by the sum of the weights, over all rows.
Parameters are flat: W of the first layer (inputs x units, row by row), its b, then the second
layer's. What a test starts from is exact in float32, but for weights of classes.

Usage: python3 weights.py (needs PyTorch; writes beside itself)
"""

import json
from pathlib import Path

import torch
from torch.nn import functional as F

LEARNING_RATE = 1 / 16
SHAPES = [(3, 4), (4,), (4, 2), (2,)]
ROWS = 5
CLASSES = [0, 1, 1, 0, 1]
OUTPUTS = {"linear": lambda z: z, "sigmoid": torch.sigmoid, "softmax": lambda z: z}

torch.set_default_dtype(torch.float64)
random = torch.Generator().manual_seed(1805)


def draw(*shape):
    return torch.round(torch.randn(shape, generator=random) * 1024) / 1024


x = draw(ROWS, 3)
theta = [draw(*shape) / 2 for shape in SHAPES]
numbers = draw(ROWS, 2)
labels = torch.tensor([[0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
row_weights = torch.tensor([0.5, 2.0, 0.0, 1.5, 1.0])
class_weights = torch.tensor([3.0, 0.5])


def by_row(loss):
    """A mean over a batch of the mean over outputs of each row, times its weight."""
    def weighted(z, y, w):
        each = loss(z, y)
        return (w * (each if each.dim() == 1 else each.mean(dim=1))).mean()
    return weighted


def by_class(z, y, w):
    return F.cross_entropy(z, y.argmax(dim=1), weight=class_weights)


def case(name, output, targets, batch, loss, w=row_weights):
    parameters = [p.clone().requires_grad_() for p in theta]
    optimizer = torch.optim.SGD(parameters, lr=LEARNING_RATE)
    values, after = [], {}
    for epoch in range(1, 11):
        value = 0
        for rows in torch.arange(ROWS).split(batch):
            w1, b1, w2, b2 = parameters
            z = torch.tanh(x[rows] @ w1 + b1) @ w2 + b2
            of_batch = loss(OUTPUTS[output](z), targets[rows], w[rows])
            optimizer.zero_grad()
            of_batch.backward()
            optimizer.step()
            value += of_batch.item() * len(rows) / ROWS
        values.append(value)
        after[epoch] = flat(parameters)
    return {
        "loss": name,
        "output": output,
        "targets": targets.tolist(),
        "weights": w.tolist(),
        "batchSize": batch,
        "values": values,
        "afterOneEpoch": after[1],
        "afterTenEpochs": after[10],
    }


def flat(parameters):
    return [number for p in parameters for number in p.detach().flatten().tolist()]


def each(loss):
    return by_row(lambda a, y: loss(a, y, reduction="none"))


one_hot = torch.eye(2)[CLASSES]
of_classes = class_weights[CLASSES] / class_weights[CLASSES].mean()
cases = [
    case(name, output, targets, batch, each(loss))
    for name, output, targets, loss in [
        ("meanSquaredError", "linear", numbers, F.mse_loss),
        ("meanAbsoluteError", "linear", numbers, F.l1_loss),
        ("huber", "linear", numbers, F.huber_loss),
        ("binaryCrossEntropy", "sigmoid", labels, F.binary_cross_entropy),
        ("categoricalCrossEntropy", "softmax", one_hot, F.cross_entropy),
    ]
    for batch in (ROWS, 2)
] + [case("categoricalCrossEntropy", "softmax", one_hot, ROWS, by_class, of_classes)]
golden = {"inputs": x.tolist(), "initial": flat(theta), "cases": cases}
target = Path(__file__).with_name("weights.json")
target.write_text(json.dumps(golden) + "\n", encoding="utf-8")
print(f"PyTorch {torch.__version__}")

"""Makes optimizers.json: parameters after 1 and after 10 steps of PyTorch's optimizers in float64.

Lion, which PyTorch has not, is the paper's formula, written out below. So is NAdam: PyTorch 1.13
takes mu of step t twice into the product of step t + 1, which later versions of it do not.

L-BFGS takes one iteration a step, each with PyTorch's strong Wolfe line search.

The cases named after a penalty or a clipping add it to the loss, or to PyTorch's gradient before
the step.

Two networks 3-4-2 with tanh units: softmax with cross-entropy, and linear with mean squared error;
full batches of 5 rows. Parameters are flat: W of the first layer (inputs x units, row by row), its
b, then the second layer's. What a test starts from is a multiple of 1/1024, exact in float32.

Usage: python3 optimizers.py (needs PyTorch; writes beside itself)
"""

import json
from pathlib import Path

import torch

SHAPES = [(3, 4), (4,), (4, 2), (2,)]


class Lion(torch.optim.Optimizer):
    """Algorithm 2 of Chen et al., arXiv:2302.06675."""

    def __init__(self, parameters, lr, betas, weight_decay):
        super().__init__(parameters, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for theta in group["params"]:
                g = theta.grad
                m = self.state[theta].get("m", torch.zeros_like(theta))
                c = beta1 * m + (1 - beta1) * g
                theta -= group["lr"] * (c.sign() + group["weight_decay"] * theta)
                self.state[theta]["m"] = beta2 * m + (1 - beta2) * g


class NAdam(torch.optim.Optimizer):
    """Dozat, ICLR Workshop 2016, with the momentum's schedule of its section on warming it up."""

    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, momentum_decay=0.004):
        settings = {"lr": lr, "betas": betas, "eps": eps, "momentum_decay": momentum_decay}
        super().__init__(parameters, settings)
        self.t = 0
        self.product = 1.0

    @torch.no_grad()
    def step(self):
        self.t += 1
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            now, following = (
                beta1 * (1 - 0.5 * 0.96 ** (step * group["momentum_decay"]))
                for step in (self.t, self.t + 1)
            )
            self.product *= now
            for theta in group["params"]:
                g = theta.grad
                old = self.state[theta]
                m = beta1 * old.get("m", 0) + (1 - beta1) * g
                v = beta2 * old.get("v", 0) + (1 - beta2) * g**2
                m_hat = following * m / (1 - self.product * following)
                m_hat = m_hat + (1 - now) * g / (1 - self.product)
                v_hat = v / (1 - beta2**self.t)
                theta -= group["lr"] * m_hat / (v_hat.sqrt() + group["eps"])
                self.state[theta].update(m=m, v=v)


def lbfgs(parameters, **settings):
    """One iteration a step, without the tolerances that end it early."""
    return torch.optim.LBFGS(
        parameters,
        max_iter=1,
        tolerance_grad=0,
        tolerance_change=0,
        line_search_fn="strong_wolfe",
        **settings,
    )


OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.25),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.875),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.875, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, lr=0.0625),
    "adam with other decays": lambda p: torch.optim.Adam(
        p, lr=0.0625, betas=(0.75, 0.9375), eps=0.0078125
    ),
    "adaGrad": lambda p: torch.optim.Adagrad(p, lr=0.25, eps=0.0078125),
    "rmsProp": lambda p: torch.optim.RMSprop(p, lr=0.0625, alpha=0.875, eps=0.0078125),
    "adaDelta": lambda p: torch.optim.Adadelta(p, lr=2, rho=0.875, eps=0.0078125),
    "adamW": lambda p: torch.optim.AdamW(p, lr=0.0625, weight_decay=0.25),
    "nadam": lambda p: NAdam(p, lr=0.0625),
    "nadam with other decays": lambda p: NAdam(
        p, lr=0.0625, betas=(0.75, 0.9375), eps=0.0078125, momentum_decay=0.25
    ),
    "amsGrad": lambda p: torch.optim.Adam(
        p, lr=0.0625, betas=(0.75, 0.5), eps=0.0078125, amsgrad=True
    ),
    "lion": lambda p: Lion(p, lr=0.0625, betas=(0.75, 0.9375), weight_decay=0.25),
    "rprop": lambda p: torch.optim.Rprop(
        p, lr=0.0625, etas=(0.5, 1.25), step_sizes=(0.03125, 0.125)
    ),
    "lbfgs": lambda p: lbfgs(p, history_size=10),
    "lbfgs with other settings": lambda p: lbfgs(p, history_size=2, lr=0.75),
}
NOTHING = {"l1": 0.0, "l2": 0.0, "norm": None, "value": None}
OPTIONS = {
    "none": NOTHING,
    "l1": NOTHING | {"l1": 0.0625},
    "l2": NOTHING | {"l2": 0.25},
    "l1 and l2": NOTHING | {"l1": 0.0625, "l2": 0.25},
    "norm": NOTHING | {"norm": 0.25},
    "value": NOTHING | {"value": 0.0625},
    "l2 and norm": NOTHING | {"l2": 0.25, "norm": 0.5},
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


def penalty(weights, option):
    return sum(option["l1"] * w.abs().sum() + option["l2"] / 2 * (w**2).sum() for w in weights)


def case(loss_name, optimizer_name, option_name="none"):
    option = OPTIONS[option_name]
    parameters = [p.clone().requires_grad_() for p in theta]
    optimizer = OPTIMIZERS[optimizer_name](parameters)
    after = {}

    def evaluate():
        w1, b1, w2, b2 = parameters
        z = torch.tanh(x @ w1 + b1) @ w2 + b2
        optimizer.zero_grad()
        loss = LOSSES[loss_name](z, targets[loss_name]) + penalty([w1, w2], option)
        loss.backward()
        if option["norm"]:
            torch.nn.utils.clip_grad_norm_(parameters, option["norm"])
        if option["value"]:
            torch.nn.utils.clip_grad_value_(parameters, option["value"])
        return loss

    for step in range(1, 11):
        if optimizer_name.startswith("lbfgs"):
            optimizer.step(evaluate)
        else:
            evaluate()
            optimizer.step()
        after[step] = flat(parameters)
    return {
        "loss": loss_name,
        "optimizer": optimizer_name,
        "option": option_name,
        "targets": targets[loss_name].tolist(),
        "afterOneStep": after[1],
        "afterTenSteps": after[10],
    }


golden = {
    "inputs": x.tolist(),
    "initial": flat(theta),
    "cases": [case(loss, optimizer) for loss in LOSSES for optimizer in OPTIMIZERS]
    + [
        case(loss, optimizer, option)
        for loss in LOSSES
        for optimizer in ("momentum", "adam")
        for option in OPTIONS
        if option != "none"
    ]
    + [case(loss, "lbfgs", "l2") for loss in LOSSES],
}
target = Path(__file__).with_name("optimizers.json")
target.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
print(f"PyTorch {torch.__version__}")

"""Makes schedules.json: the learning rates of 60 epochs by PyTorch's schedulers.

The inverse of time, which PyTorch has not, is a lambda with the formula. Losses for the plateau are
beside the rates.

Usage: python3 schedules.py (needs PyTorch; writes beside itself)
"""

import json
from pathlib import Path

import torch
from torch.optim import lr_scheduler as schedulers

EPOCHS = 60
RATE = 0.5
LOSSES = [1 / (1 + min(epoch, 9)) + (epoch % 4) / 64 for epoch in range(EPOCHS)]


def warm(optimizer, epochs, scheduler):
    rise = schedulers.LinearLR(optimizer, start_factor=1 / (epochs + 1), total_iters=epochs)
    return schedulers.SequentialLR(optimizer, [rise, scheduler], milestones=[epochs])


SCHEDULES = {
    "step": lambda o: schedulers.StepLR(o, step_size=7, gamma=0.5),
    "exponential": lambda o: schedulers.ExponentialLR(o, gamma=0.9),
    "polynomial": lambda o: schedulers.PolynomialLR(o, total_iters=40, power=2),
    "cosine": lambda o: schedulers.CosineAnnealingLR(o, T_max=EPOCHS),
    "cosine with restarts": lambda o: schedulers.CosineAnnealingWarmRestarts(
        o, T_0=5, T_mult=2, eta_min=0.01
    ),
    "oneCycle": lambda o: schedulers.OneCycleLR(
        o, max_lr=RATE, total_steps=EPOCHS, cycle_momentum=False
    ),
    "oneCycle of another shape": lambda o: schedulers.OneCycleLR(
        o,
        max_lr=RATE,
        total_steps=EPOCHS,
        pct_start=0.55,
        div_factor=4,
        final_div_factor=10,
        cycle_momentum=False,
    ),
    "inverseTime": lambda o: schedulers.LambdaLR(o, lambda epoch: 1 / (1 + 0.25 * epoch)),
    "reduceOnPlateau": lambda o: schedulers.ReduceLROnPlateau(
        o, factor=0.5, patience=3, threshold=0.001, threshold_mode="abs", cooldown=2, min_lr=0.01
    ),
    "step after a rise": lambda o: warm(o, 4, schedulers.StepLR(o, step_size=7, gamma=0.5)),
}


def rates(name):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=RATE)
    scheduler = SCHEDULES[name](optimizer)
    result = []
    for epoch in range(EPOCHS):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if epoch + 1 < EPOCHS:
            plateau = isinstance(scheduler, schedulers.ReduceLROnPlateau)
            scheduler.step(LOSSES[epoch]) if plateau else scheduler.step()
    return result


golden = {"rate": RATE, "losses": LOSSES, "rates": {name: rates(name) for name in SCHEDULES}}
target = Path(__file__).with_name("schedules.json")
target.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
print(f"PyTorch {torch.__version__}")

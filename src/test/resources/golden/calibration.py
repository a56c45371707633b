"""Writes calibration.json: temperatures by SciPy and quantiles of errors by NumPy, which
CalibrationGoldenTests compares.

Sums, outputs and targets are rounded to float32 first, as the server has them. The minimum is
searched without derivatives.

    python3 calibration.py
"""

import json
from math import ceil
from pathlib import Path

import numpy as np
import scipy
import sklearn.metrics
from scipy.optimize import minimize_scalar
from scipy.special import expit, log_expit, log_softmax


def single(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def softmax_loss(z, y, w, t):
    return -np.average((y * log_softmax(z / t, axis=1)).sum(axis=1), weights=w)


def sigmoid_loss(z, y, w, t):
    rows = -(y * log_expit(z / t) + (1 - y) * log_expit(-z / t)).mean(axis=1)
    return np.average(rows, weights=w)


def temperature(name, z, y, w, softmax):
    loss = softmax_loss if softmax else sigmoid_loss
    found = minimize_scalar(
        lambda s: loss(z, y, w, np.exp(s)), bounds=(np.log(0.1), np.log(100)), method="bounded",
        options={"xatol": 1e-12, "maxiter": 1000})
    return {
        "name": name, "softmax": softmax, "z": z.tolist(), "y": y.tolist(),
        "w": None if w is None else w.tolist(), "temperature": float(np.exp(found.x)),
        "before": float(loss(z, y, w, 1.0)), "after": float(found.fun),
    }


def classes(random, rows, count, scale, noise):
    own = random.integers(0, count, rows)
    z = random.normal(size=(rows, count)) * noise
    z[np.arange(rows), own] += 1
    return single(scale * z), np.eye(count)[own]


def labels(random, rows, count, scale):
    z = random.normal(size=(rows, count))
    y = (random.random((rows, count)) < expit(z)).astype(np.float64)
    return single(scale * z), y


def temperatures(random):
    sure = classes(random, 200, 3, 5, 1)
    unsure = classes(random, 200, 4, 0.3, 1)
    two = labels(random, 150, 1, 3)
    several = labels(random, 60, 3, 2.5)
    large = classes(random, 80, 3, 80, 1)
    weights = single(np.maximum(0, random.normal(size=200) + 1))
    return [
        temperature("too sure", *sure, None, True),
        temperature("not sure enough", *unsure, None, True),
        temperature("weighted", *sure, weights, True),
        temperature("large sums", *large, None, True),
        temperature("one sigmoid", *two, None, False),
        temperature("one sigmoid, weighted", *two, weights[:150], False),
        temperature("several sigmoids", *several, None, False),
    ]


def quantiles(random, rows):
    outputs = single(random.normal(size=(rows, 2)))
    targets = single(outputs + random.standard_t(3, size=(rows, 2)))
    scales = [2.5, 0.125]
    errors = np.sort(np.abs(outputs - targets), axis=0) * scales
    found = []
    for coverage in [0.1, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999]:
        rank = ceil(round((rows + 1) * coverage, 9))
        found.append({
            "coverage": coverage,
            "halfWidths": errors[rank - 1].tolist() if rank <= rows else None,
        })
    return {"outputs": outputs.tolist(), "targets": targets.tolist(), "scales": scales,
            "quantiles": found}


random = np.random.default_rng(7)
golden = {
    "scipy": scipy.__version__,
    "temperatures": temperatures(random),
    "conformal": [quantiles(random, rows) for rows in [5, 9, 99, 300]],
}
# the same loss by scikit-learn, where it has it
first = golden["temperatures"][0]
z, y = np.array(first["z"]), np.array(first["y"])
assert abs(sklearn.metrics.log_loss(y, scipy.special.softmax(z / first["temperature"], axis=1))
           - first["after"]) < 1e-9
Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")

"""Writes metrics.json: metrics of classes and numbers by scikit-learn, which MetricGoldenTests compares.

Outputs and targets are rounded to float32 first, as the server has them. scikit-learn 1.2 is needed
for the eps of log_loss.

    python3 metrics.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn import metrics

EPSILON = float(np.finfo(np.float32).eps)


def single(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def classes(random, rows, count, own=None):
    own = random.integers(0, count, rows) if own is None else own
    z = random.normal(size=(rows, count))
    z[np.arange(rows), own] += 1
    p = single(softmax(z))
    predicted = p.argmax(axis=1)
    scores = {
        "accuracy": metrics.accuracy_score(own, predicted),
        "balancedAccuracy": metrics.balanced_accuracy_score(own, predicted),
        "macroF1": metrics.f1_score(own, predicted, average="macro"),
        "logLoss": metrics.log_loss(own, p, labels=range(count), eps=EPSILON),
    }
    if count == 2:
        scores["rocAuc"] = metrics.roc_auc_score(own, p[:, 1])
    if count > 5:
        scores["top5Accuracy"] = metrics.top_k_accuracy_score(own, p, k=5, labels=range(count))
    return {"scoring": "largestOutput", "outputs": p.tolist(),
            "targets": np.eye(count)[own].tolist(), "scores": scores}


def binary(random, rows, probabilities):
    own = (random.random(rows) < 0.3).astype(int)
    z = np.round(random.normal(size=rows) + own, 1)  # some are equal
    a = single(1 / (1 + np.exp(-z)) if probabilities else z)
    threshold = 0.5 if probabilities else 0.0
    predicted = (a >= threshold).astype(int)
    scores = {
        "accuracy": metrics.accuracy_score(own, predicted),
        "balancedAccuracy": metrics.balanced_accuracy_score(own, predicted),
        "macroF1": metrics.f1_score(own, predicted, average="macro"),
        "rocAuc": metrics.roc_auc_score(own, a),
    }
    if probabilities:
        scores["logLoss"] = metrics.log_loss(own, a, eps=EPSILON)
    return {"scoring": "probabilities" if probabilities else "signs",
            "outputs": a[:, None].tolist(), "targets": own[:, None].tolist(), "scores": scores}


def errors(random, rows, count, zeros):
    y = random.normal(size=(rows, count)) * 3 + 1
    if zeros:
        y[::4] = 0
    y = single(y)
    a = single(y + random.normal(size=(rows, count)))
    each = [metrics.mean_absolute_percentage_error(y[y[:, i] != 0, i], a[y[:, i] != 0, i])
            for i in range(count)]
    return {"scoring": "errors", "outputs": a.tolist(), "targets": y.tolist(), "scores": {
        "rmse": metrics.mean_squared_error(y, a, squared=False),
        "mae": metrics.mean_absolute_error(y, a),
        "r2": metrics.r2_score(y, a),
        "mape": float(np.mean(each)),
    }}


random = np.random.default_rng(1)
cases = {
    "twoClasses": classes(random, 40, 2),
    "threeClasses": classes(random, 40, 3),
    "tenClasses": classes(random, 60, 10),
    "aClassWithoutRows": classes(random, 30, 3, random.integers(0, 2, 30)),
    "binaryProbabilities": binary(random, 50, True),
    "binarySigns": binary(random, 50, False),
    "oneNumber": errors(random, 30, 1, False),
    "threeNumbers": errors(random, 30, 3, False),
    "zeros": errors(random, 32, 2, True),
}
golden = {
    "scikitLearn": sklearn.__version__,
    "cases": [{"name": name, **case} for name, case in cases.items()],
}
target = Path(__file__).with_name("metrics.json")
target.write_text(json.dumps(golden) + "\n", encoding="utf-8")
print(f"scikit-learn {sklearn.__version__}")

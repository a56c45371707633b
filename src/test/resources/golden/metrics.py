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


def weights(random, rows):
    """Weights of rows in float32, some of them 0."""
    return single(np.maximum(0, random.normal(size=rows) + 1))


def listed(w):
    return None if w is None else w.tolist()


def classes(random, rows, count, own=None, w=None):
    own = random.integers(0, count, rows) if own is None else own
    z = random.normal(size=(rows, count))
    z[np.arange(rows), own] += 1
    p = single(softmax(z))
    predicted = p.argmax(axis=1)
    scores = {
        "accuracy": metrics.accuracy_score(own, predicted, sample_weight=w),
        "balancedAccuracy": metrics.balanced_accuracy_score(own, predicted, sample_weight=w),
        "macroF1": metrics.f1_score(own, predicted, average="macro", sample_weight=w),
        "logLoss": metrics.log_loss(own, p, labels=range(count), eps=EPSILON, sample_weight=w),
    }
    if count == 2:
        scores["rocAuc"] = metrics.roc_auc_score(own, p[:, 1], sample_weight=w)
    if count > 5:
        scores["top5Accuracy"] = metrics.top_k_accuracy_score(
            own, p, k=5, labels=range(count), sample_weight=w)
    return {"scoring": "largestOutput", "outputs": p.tolist(),
            "targets": np.eye(count)[own].tolist(), "weights": listed(w), "scores": scores}


def binary(random, rows, probabilities, w=None):
    own = (random.random(rows) < 0.3).astype(int)
    z = np.round(random.normal(size=rows) + own, 1)  # some are equal
    a = single(1 / (1 + np.exp(-z)) if probabilities else z)
    threshold = 0.5 if probabilities else 0.0
    predicted = (a >= threshold).astype(int)
    scores = {
        "accuracy": metrics.accuracy_score(own, predicted, sample_weight=w),
        "balancedAccuracy": metrics.balanced_accuracy_score(own, predicted, sample_weight=w),
        "macroF1": metrics.f1_score(own, predicted, average="macro", sample_weight=w),
        "rocAuc": metrics.roc_auc_score(own, a, sample_weight=w),
    }
    if probabilities:
        scores["logLoss"] = metrics.log_loss(own, a, eps=EPSILON, sample_weight=w)
    return {"scoring": "probabilities" if probabilities else "signs",
            "outputs": a[:, None].tolist(), "targets": own[:, None].tolist(),
            "weights": listed(w), "scores": scores}


def errors(random, rows, count, zeros, w=None):
    y = random.normal(size=(rows, count)) * 3 + 1
    if zeros:
        y[::4] = 0
    y = single(y)
    a = single(y + random.normal(size=(rows, count)))
    each = [metrics.mean_absolute_percentage_error(
                y[some, i], a[some, i], sample_weight=None if w is None else w[some])
            for i, some in enumerate((y != 0).T)]
    return {"scoring": "errors", "outputs": a.tolist(), "targets": y.tolist(),
            "weights": listed(w), "scores": {
        "rmse": metrics.mean_squared_error(y, a, squared=False, sample_weight=w),
        "mae": metrics.mean_absolute_error(y, a, sample_weight=w),
        "r2": metrics.r2_score(y, a, sample_weight=w),
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
    "weightedTwoClasses": classes(random, 40, 2, w=weights(random, 40)),
    "weightedThreeClasses": classes(random, 40, 3, w=weights(random, 40)),
    "weightedTenClasses": classes(random, 60, 10, w=weights(random, 60)),
    "weightedBinaryProbabilities": binary(random, 50, True, weights(random, 50)),
    "weightedBinarySigns": binary(random, 50, False, weights(random, 50)),
    "weightedNumber": errors(random, 30, 1, False, weights(random, 30)),
    "weightedZeros": errors(random, 32, 2, True, weights(random, 32)),
}
golden = {
    "scikitLearn": sklearn.__version__,
    "cases": [{"name": name, **case} for name, case in cases.items()],
}
target = Path(__file__).with_name("metrics.json")
target.write_text(json.dumps(golden) + "\n", encoding="utf-8")
print(f"scikit-learn {sklearn.__version__}")

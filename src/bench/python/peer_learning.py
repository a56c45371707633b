"""Trains what dev.backprop.bench.learning has trained, by scikit-learn and PyTorch, one thread each.

Reads runs from standard input, one JSON object a line, and answers each with its scores.
"""

import json
import sys
import warnings

import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

torch.set_num_threads(1)
warnings.simplefilter("ignore", ConvergenceWarning)  # all epochs are wanted


def load(run):
    train, test = (np.loadtxt(run[part], delimiter=",", dtype=np.float32) for part in ("train", "test"))
    x, y, x_test, y_test = train[:, :-1], train[:, -1], test[:, :-1], test[:, -1]
    if run["standardize"]:
        mean, deviation = x.mean(axis=0, dtype=np.float64), x.std(axis=0, dtype=np.float64)
        x, x_test = ((part - mean) / deviation for part in (x, x_test))
    return x.astype(np.float32), y, x_test.astype(np.float32), y_test


def score(run, predicted, y):
    if run["classes"]:
        return float(np.mean(predicted == y))
    return float(np.sqrt(np.mean((predicted - y) ** 2)))


def by_scikit_learn(run, x, y, x_test, y_test):
    model = (MLPClassifier if run["classes"] else MLPRegressor)(
        hidden_layer_sizes=run["hidden"], activation=run["activation"], solver="adam", epsilon=1e-8,
        learning_rate_init=run["learningRate"], batch_size=run["batchSize"], alpha=0.0,
        max_iter=run["epochs"], tol=0.0, n_iter_no_change=run["epochs"] + 1,
        random_state=run["seed"])
    assert model.fit(x, y).n_iter_ == run["epochs"]
    return score(run, model.predict(x_test), y_test)


def by_torch(run, x, y, x_test, y_test):
    torch.manual_seed(run["seed"])
    activation = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}[run["activation"]]
    outputs = run["classes"] if run["classes"] > 2 else 1
    sizes = [x.shape[1], *run["hidden"], outputs]
    layers = []
    for inputs, units in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(inputs, units), activation()]
        torch.nn.init.xavier_uniform_(layers[-2].weight)
        torch.nn.init.zeros_(layers[-2].bias)
    model = torch.nn.Sequential(*layers[:-1])
    if outputs > 1:
        loss, y = torch.nn.CrossEntropyLoss(), torch.from_numpy(y).long()
    else:
        loss = torch.nn.BCEWithLogitsLoss() if run["classes"] else torch.nn.MSELoss()
        y = torch.from_numpy(y)[:, None]
    x = torch.from_numpy(x)
    optimizer = torch.optim.Adam(model.parameters(), lr=run["learningRate"], eps=1e-8)
    for _ in range(run["epochs"]):
        for batch in torch.randperm(len(x)).split(run["batchSize"]):
            optimizer.zero_grad()
            loss(model(x[batch]), y[batch]).backward()
            optimizer.step()
    with torch.no_grad():
        out = model(torch.from_numpy(x_test)).numpy()
    if outputs > 1:
        return score(run, out.argmax(axis=1), y_test)
    return score(run, out[:, 0] > 0 if run["classes"] else out[:, 0], y_test)


for line in sys.stdin:
    run = json.loads(line)
    data = load(run)
    print(json.dumps({"scikit-learn": by_scikit_learn(run, *data), "PyTorch": by_torch(run, *data)}), flush=True)

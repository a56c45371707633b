"""Trains one workload of the peer table in NumPy, PyTorch or scikit-learn.

Reads what PeerTable has written: spec.json, x.f32, y.f32 and theta.f32 (little-endian 32-bit
floats; layer by layer W, inputs × units and row by row, then b). Rows are taken in their order.
Prints "RESULT <seconds of the fastest training> <mean loss of its last epoch>".

Usage: python3 peer_train.py numpy|torch|sklearn DIRECTORY THREADS
"""

import json
import os
import sys
import time

framework, directory, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = str(threads)

import numpy as np

LEAST_SECONDS = 3  # as the contestants in Java, which are compiled meanwhile

with open(os.path.join(directory, "spec.json")) as file:
    spec = json.load(file)
units, activations = spec["units"], spec["activations"]
epochs, batch, rate = spec["epochs"], spec["batch"], spec["learningRate"]


def read(name, columns):
    return np.fromfile(os.path.join(directory, name), "<f4").reshape(-1, columns)


x, y = read("x.f32", units[0]), read("y.f32", units[-1])
flat = np.fromfile(os.path.join(directory, "theta.f32"), "<f4")
initial, at = [], 0
for d, k in zip(units, units[1:]):
    initial.append((flat[at:at + d * k].reshape(d, k), flat[at + d * k:at + d * k + k]))
    at += (d + 1) * k


def starts():
    return range(0, len(x), batch)


def with_numpy():
    theta = [[w.copy(), b.copy()] for w, b in initial]
    moments = [[(np.zeros_like(p), np.zeros_like(p)) for p in layer] for layer in theta]
    steps = 0

    def update(p, g, moment, step):
        if spec["optimizer"] == "sgd":
            p -= np.float32(rate) * g
            return
        m, v = moment
        m *= np.float32(0.9)
        m += np.float32(0.1) * g
        v *= np.float32(0.999)
        v += np.float32(0.001) * (g * g)
        root = np.sqrt(v)
        root *= np.float32(1 / np.sqrt(1 - 0.999**step))
        root += np.float32(1e-8)
        p -= np.float32(rate / (1 - 0.9**step)) * m / root

    def apply(f, z):
        if f == "relu":
            np.maximum(z, 0, out=z)
        elif f == "tanh":
            np.tanh(z, out=z)
        elif f == "sigmoid":
            np.negative(z, out=z)
            np.exp(z, out=z)
            z += 1
            np.reciprocal(z, out=z)
        elif f == "softmax":
            z -= z.max(axis=1, keepdims=True)
            np.exp(z, out=z)
            z /= z.sum(axis=1, keepdims=True)
        return z

    def slope(f, a, delta):
        if f == "relu":
            delta *= a > 0
        elif f == "tanh":
            delta *= 1 - a * a
        elif f == "sigmoid":
            delta *= a * (1 - a)
        return delta

    for _ in range(epochs):
        total = 0.0
        for start in starts():
            xb, yb = x[start:start + batch], y[start:start + batch]
            a = [xb]
            for (w, b), f in zip(theta, activations):
                z = a[-1] @ w
                z += b
                a.append(apply(f, z))
            delta = a[-1] - yb
            if spec["loss"] == "categoricalCrossEntropy":
                own = (a[-1] * yb).sum(axis=1)
                total -= np.log(np.maximum(own, 1e-30)).sum()
                delta /= np.float32(len(xb))
            else:
                total += np.square(delta).mean(axis=1).sum()
                delta *= np.float32(2 / delta.size)
                delta = slope(activations[-1], a[-1], delta)
            steps += 1
            for layer in reversed(range(len(theta))):
                w, b = theta[layer]
                gw, gb = a[layer].T @ delta, delta.sum(axis=0)
                if layer > 0:
                    delta = slope(activations[layer - 1], a[layer], delta @ w.T)
                update(w, gw, moments[layer][0], steps)
                update(b, gb, moments[layer][1], steps)
    return total / len(x)


def with_torch():
    import torch

    torch.set_num_threads(threads)
    classes = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh, "sigmoid": torch.nn.Sigmoid}
    parts = []
    for (w, b), f in zip(initial, activations):
        linear = torch.nn.Linear(*w.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(w.T.copy()))
            linear.bias.copy_(torch.from_numpy(b.copy()))
        parts.append(linear)
        if f in classes:
            parts.append(classes[f]())
    network = torch.nn.Sequential(*parts)
    make = torch.optim.Adam if spec["optimizer"] == "adam" else torch.optim.SGD
    optimizer = make(network.parameters(), lr=rate)
    entropy = spec["loss"] == "categoricalCrossEntropy"
    loss = torch.nn.CrossEntropyLoss() if entropy else torch.nn.MSELoss()
    xt = torch.from_numpy(x)
    yt = torch.from_numpy(y.argmax(axis=1)) if entropy else torch.from_numpy(y)
    for _ in range(epochs):
        total = torch.zeros(())
        for start in starts():
            optimizer.zero_grad(set_to_none=True)
            value = loss(network(xt[start:start + batch]), yt[start:start + batch])
            value.backward()
            optimizer.step()
            total += value.detach() * len(xt[start:start + batch])
    return total.item() / len(x)


def with_sklearn():
    import warnings

    from sklearn.neural_network import MLPClassifier, MLPRegressor

    warnings.simplefilter("ignore")
    entropy = spec["loss"] == "categoricalCrossEntropy"
    base = MLPClassifier if entropy else MLPRegressor
    hidden = set(activations[:-1])
    if len(hidden) > 1 or activations[-1] not in ("linear", "softmax"):
        raise SystemExit("scikit-learn has no such network")

    class Given(base):
        def _init_coef(self, fan_in, fan_out, dtype):
            w, b = initial[self.given]
            self.given += 1
            return w.astype(dtype), b.astype(dtype)

    model = Given(
        hidden_layer_sizes=units[1:-1], activation=hidden.pop(), solver=spec["optimizer"],
        alpha=0, batch_size=batch, learning_rate_init=rate, momentum=0,
        nesterovs_momentum=False, max_iter=epochs, shuffle=False, tol=0,
        n_iter_no_change=epochs + 1)
    model.given = 0
    model.fit(x, y.argmax(axis=1) if entropy else y.ravel())
    return model.loss_curve_[-1] * (1 if entropy else 2)


train = {"numpy": with_numpy, "torch": with_torch, "sklearn": with_sklearn}[framework]
seconds = []
begin = time.perf_counter()
while len(seconds) < spec["repeats"] or time.perf_counter() - begin < LEAST_SECONDS:
    start = time.perf_counter()
    last = train()
    seconds.append(time.perf_counter() - start)
print(f"RESULT {min(seconds):.6f} {last:.6f}")

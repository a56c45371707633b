"""W0 of TrainingBenchmark in NumPy: XOR, 2-2-1 sigmoid, full batch, SGD, 10,000 epochs.

Prints the milliseconds of the fastest of five runs on one thread, in float64 and in float32.

Usage: OMP_NUM_THREADS=1 python3 peer_numpy_xor.py
"""

import time

import numpy as np

EPOCHS = 10_000


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def train(dtype):
    random = np.random.default_rng(1)
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype)
    y = np.array([[0], [1], [1], [0]], dtype)
    w1 = random.uniform(-1, 1, (2, 2)).astype(dtype)
    w2 = random.uniform(-1, 1, (2, 1)).astype(dtype)
    b1 = np.zeros(2, dtype)
    b2 = np.zeros(1, dtype)
    losses = np.empty(EPOCHS)
    eta = dtype(0.2)
    for epoch in range(EPOCHS):
        a1 = sigmoid(x @ w1 + b1)
        a2 = sigmoid(a1 @ w2 + b2)
        error = a2 - y
        losses[epoch] = np.mean(error * error)
        delta2 = error * (2 / error.size) * a2 * (1 - a2)
        delta1 = delta2 @ w2.T * a1 * (1 - a1)
        w2 -= eta * (a1.T @ delta2)
        b2 -= eta * delta2.sum(axis=0)
        w1 -= eta * (x.T @ delta1)
        b1 -= eta * delta1.sum(axis=0)
    return losses


for dtype in (np.float64, np.float32):
    times = []
    for _ in range(5):
        start = time.perf_counter()
        losses = train(dtype)
        times.append(time.perf_counter() - start)
    print(f"{dtype.__name__}: {min(times) * 1000:.1f} ms, last loss {losses[-1]:.6f}")

"""Writes the network of a workload as ONNX, by PyTorch: DIRECTORY/model.onnx.

Usage: python3 peer_onnx.py DIRECTORY
"""

import json
import os
import sys

import numpy as np
import torch

directory = sys.argv[1]
with open(os.path.join(directory, "spec.json")) as file:
    spec = json.load(file)
units = spec["units"]
flat = np.fromfile(os.path.join(directory, "theta.f32"), "<f4")
classes = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh, "sigmoid": torch.nn.Sigmoid}
parts, at = [], 0
for d, k, f in zip(units, units[1:], spec["activations"]):
    linear = torch.nn.Linear(d, k)
    with torch.no_grad():
        linear.weight.copy_(torch.from_numpy(flat[at:at + d * k].reshape(d, k).T.copy()))
        linear.bias.copy_(torch.from_numpy(flat[at + d * k:at + d * k + k].copy()))
    at += (d + 1) * k
    parts.append(linear)
    if f == "softmax":
        parts.append(torch.nn.Softmax(dim=1))
    elif f in classes:
        parts.append(classes[f]())
torch.onnx.export(
    torch.nn.Sequential(*parts), torch.zeros(1, units[0]), os.path.join(directory, "model.onnx"),
    input_names=["x"], output_names=["y"], dynamic_axes={"x": {0: "n"}, "y": {0: "n"}})

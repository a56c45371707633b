"""Makes flowers.onnx: a network that PyTorch trains on iris.csv, with the names of its columns.

Usage: python3 flowers.py (needs PyTorch, scikit-learn and onnx; writes beside itself)
"""

import json
from pathlib import Path

import onnx
import torch
from torch import nn

HERE = Path(__file__).resolve().parent
header, *lines = (HERE / "iris.csv").read_text().split()
rows = [line.split(",") for line in lines]
labels = sorted({row[-1] for row in rows})
x = torch.tensor([[float(cell) for cell in row[:-1]] for row in rows])
y = torch.tensor([labels.index(row[-1]) for row in rows])

torch.manual_seed(1)
network = nn.Sequential(nn.BatchNorm1d(4, affine=False), nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3))
optimizer = torch.optim.Adam(network.parameters(), lr=0.02)
for _ in range(300):
    optimizer.zero_grad()
    nn.functional.cross_entropy(network(x), y).backward()
    optimizer.step()

# the server takes raw columns, so what standardizes them goes into the first layer
network.eval()
normalization, first = network[0], network[1]
with torch.no_grad():
    scale = (normalization.running_var + normalization.eps).rsqrt()
    first.bias -= first.weight @ (scale * normalization.running_mean)
    first.weight *= scale
raw = nn.Sequential(first, network[2], network[3], nn.Softmax(1))
file = str(HERE / "flowers.onnx")
torch.onnx.export(raw, x[:2], file, opset_version=13, input_names=["x"], dynamic_axes={"x": [0]})

model = onnx.load(file)
columns = header.split(",")
names = {"features": columns[:-1], "targets": columns[-1:], "labels": labels}
onnx.helper.set_model_props(model, {key: json.dumps(value) for key, value in names.items()})
onnx.save(model, file)
print("accuracy", (raw(x).argmax(1) == y).float().mean().item())

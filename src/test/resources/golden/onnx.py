"""Makes onnx/*.onnx and onnx.json: dense networks as PyTorch and scikit-learn know them.

The networks of PyTorch are written by its own torch.onnx.export, with several opsets. Those of
scikit-learn are put together by the helpers of onnx in the form that skl2onnx gives them, a label
and probabilities, because skl2onnx is no package of Debian. "inputs" are rows, "outputs" what
PyTorch (in float64) or scikit-learn says of them; for a network with logits that is their softmax.

Usage: python3 onnx.py (needs PyTorch, scikit-learn and onnx; writes beside itself)
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path = [path for path in sys.path if path and Path(path).resolve() != HERE]  # not this file

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from sklearn.neural_network import MLPClassifier, MLPRegressor
from torch import nn

torch.manual_seed(7)
RANDOM = np.random.default_rng(7)
ROWS = RANDOM.normal(0, 1.5, (12, 4)).astype(np.float32)
golden = {}


def note(name, inputs, outputs):
    golden[name] = {
        "inputs": np.asarray(inputs, dtype=np.float64).reshape(len(inputs), -1).tolist(),
        "outputs": np.asarray(outputs, dtype=np.float64).reshape(len(inputs), -1).tolist(),
    }


def export(name, network, opset=13, rows=ROWS, outputs=None, **options):
    """Gives normalization statistics of its own, exports, and asks the network in float64."""
    for module in network.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.LayerNorm)):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.5, 0.5)
        if isinstance(module, nn.BatchNorm1d):
            module.running_mean.uniform_(-0.5, 0.5)
            module.running_var.uniform_(0.5, 1.5)
    network.eval()
    given = torch.from_numpy(rows)
    torch.onnx.export(
        network,
        given[:2],
        str(HERE / "onnx" / (name + ".onnx")),
        opset_version=opset,
        input_names=["x"],
        output_names=["y"],
        dynamic_axes={"x": {0: "n"}, "y": {0: "n"}},
        **options,
    )
    with torch.no_grad():
        result = network.double()(given.double())
    note(name, rows, result if outputs is None else outputs(result))


HIDDEN = {
    "relu": nn.ReLU(),
    "leaky_relu": nn.LeakyReLU(0.25),
    "elu": nn.ELU(0.5),
    "selu": nn.SELU(),
    "gelu": nn.GELU(),
    "silu": nn.SiLU(),
    "sigmoid": nn.Sigmoid(),
    "hard_sigmoid": nn.Hardsigmoid(),
    "tanh": nn.Tanh(),
    "softplus": nn.Softplus(),
    "softsign": nn.Softsign(),
    "identity": nn.Identity(),
}
for i, (name, activation) in enumerate(HIDDEN.items()):
    layers = [nn.Linear(4, 7), activation, nn.Linear(7, 5), activation, nn.Linear(5, 2)]
    export("torch_" + name, nn.Sequential(*layers), opset=(9, 11, 13, 16)[i % 4])

export(
    "torch_softmax",
    nn.Sequential(
        nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 3), nn.Softmax(1)
    ),
)
export(
    "torch_logits",
    nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 3)),
    outputs=lambda z: torch.softmax(z, 1),
)
export("torch_binary", nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 1), nn.Sigmoid()))
export("torch_labels", nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 3), nn.Sigmoid()))
export("torch_linear", nn.Sequential(nn.Linear(4, 1, bias=False)), opset=9)
export(
    "torch_flatten",
    nn.Sequential(nn.Flatten(), nn.Linear(12, 5), nn.ReLU(), nn.Linear(5, 2)),
    rows=RANDOM.normal(0, 1.5, (5, 1, 3, 4)).astype(np.float32),
)


class Products(nn.Module):
    """Products and sums that are no nn.Linear: MatMul and Add, weights turned by Transpose."""

    def __init__(self):
        super().__init__()
        self.w1 = nn.Parameter(torch.randn(4, 6) / 2)
        self.b1 = nn.Parameter(torch.randn(6))
        self.w2 = nn.Parameter(torch.randn(2, 6) / 2)
        self.b2 = nn.Parameter(torch.randn(1, 2))

    def forward(self, x):
        a = torch.relu(self.b1 + x @ self.w1)
        return a.reshape(-1, 6) @ self.w2.t() + self.b2


export("torch_products", Products(), do_constant_folding=False)


def tensor(name, numbers):
    """With float_data, where PyTorch writes raw_data."""
    numbers = np.asarray(numbers, dtype=np.float32)
    return helper.make_tensor(name, TensorProto.FLOAT, numbers.shape, numbers.ravel())


def save(name, nodes, tensors, outputs, opset=13, metadata=None):
    model = helper.make_model(
        helper.make_graph(
            nodes,
            name,
            [helper.make_tensor_value_info("X", TensorProto.FLOAT, [None, 4])],
            outputs,
            tensors,
        ),
        producer_name="golden",
        opset_imports=[helper.make_opsetid("", opset)],
        ir_version=8,
    )
    helper.set_model_props(model, metadata or {})
    onnx.checker.check_model(model)
    onnx.save(model, str(HERE / "onnx" / (name + ".onnx")))


def scores(name):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, None])


def perceptron(model, activation):
    """The nodes and tensors of a scikit-learn network up to Z of the output layer."""
    nodes = [helper.make_node("Cast", ["X"], ["a0"], to=TensorProto.FLOAT)]
    tensors = []
    last = len(model.coefs_) - 1
    for i, (w, b) in enumerate(zip(model.coefs_, model.intercepts_)):
        tensors += [tensor(f"coefficient{i}", w), tensor(f"intercepts{i}", b.reshape(1, -1))]
        nodes += [
            helper.make_node("MatMul", [f"a{i}", f"coefficient{i}"], [f"mul{i}"]),
            helper.make_node("Add", [f"mul{i}", f"intercepts{i}"], ["z" if i == last else f"z{i}"]),
        ]
        if i < last:
            nodes.append(helper.make_node(activation, [f"z{i}"], [f"a{i + 1}"]))
    return nodes, tensors


TRAINING = RANDOM.normal(0, 1.5, (90, 4))
KINDS = (TRAINING[:, 0] + TRAINING[:, 1] ** 2 > 1).astype(int) + (TRAINING[:, 2] > 1)
LABEL = helper.make_tensor_value_info("label", TensorProto.INT64, [None])

model = MLPClassifier((8, 5), random_state=1, max_iter=200).fit(TRAINING, KINDS)
nodes, tensors = perceptron(model, "Relu")
nodes += [
    helper.make_node("Softmax", ["z"], ["probabilities"], axis=1),
    helper.make_node("ArgMax", ["probabilities"], ["label"], axis=1, keepdims=0),
]
save(
    "sklearn_classes",
    nodes,
    tensors,
    [LABEL, scores("probabilities")],
    metadata={"labels": json.dumps(["none", "one", "two"]), "features": json.dumps(list("abcd"))},
)
note("sklearn_classes", ROWS, model.predict_proba(ROWS))

model = MLPClassifier((6,), activation="tanh", random_state=1, max_iter=200).fit(TRAINING, KINDS > 0)
nodes, tensors = perceptron(model, "Tanh")
tensors.append(tensor("one", [1]))
nodes += [
    helper.make_node("Sigmoid", ["z"], ["p"]),
    helper.make_node("Sub", ["one", "p"], ["q"]),
    helper.make_node("Concat", ["q", "p"], ["probabilities"], axis=1),
    helper.make_node("ArgMax", ["probabilities"], ["label"], axis=1, keepdims=0),
]
save("sklearn_binary", nodes, tensors, [LABEL, scores("probabilities")])
note("sklearn_binary", ROWS, model.predict_proba(ROWS))

model = MLPRegressor((6,), activation="logistic", random_state=1, max_iter=200).fit(
    TRAINING, TRAINING[:, :2] ** 2
)
nodes, tensors = perceptron(model, "Sigmoid")
nodes.append(helper.make_node("Reshape", ["z", "shape"], ["variable"]))
tensors.append(helper.make_tensor("shape", TensorProto.INT64, [2], [-1, 2]))
save("sklearn_values", nodes, tensors, [scores("variable")])
note("sklearn_values", ROWS, model.predict(ROWS))

network = nn.Sequential(nn.Linear(4, 6), nn.LayerNorm(6), nn.ReLU(), nn.Linear(6, 2))
nn.init.uniform_(network[1].weight, 0.5, 1.5)
nn.init.uniform_(network[1].bias, -0.5, 0.5)
state = {name: value.numpy().copy() for name, value in network.state_dict().items()}
save(
    "layer_normalization",
    [
        helper.make_node("Gemm", ["X", "w", "b"], ["z"], alpha=2.0, beta=0.5, transB=1),
        helper.make_node("LayerNormalization", ["z", "gamma", "beta"], ["n"], axis=-1, epsilon=1e-3),
        helper.make_node("Relu", ["n"], ["a"]),
        helper.make_node("Constant", [], ["v"], value=tensor("v", state["3.weight"].T)),
        helper.make_node("Gemm", ["a", "v", "c"], ["y"]),
    ],
    [
        tensor("w", state["0.weight"]),
        tensor("b", state["0.bias"]),
        tensor("gamma", state["1.weight"]),
        tensor("beta", state["1.bias"]),
        tensor("c", state["3.bias"]),
    ],
    [scores("y")],
    opset=17,
)
with torch.no_grad():
    network[0].weight *= 2
    network[0].bias /= 2
    network[1].eps = 1e-3
    note("layer_normalization", ROWS, network.double()(torch.from_numpy(ROWS).double()))

(HERE / "onnx.json").write_text(json.dumps(golden, indent=1) + "\n")

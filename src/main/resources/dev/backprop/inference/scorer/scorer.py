"""Scores raw rows as the server does that trained the model @@MODEL@@.

Needs Python 3.9 and nothing beside it.

    score([6.3, 3.3, 6.0, 2.5])              # in the order of FEATURES
    score({"petal_length": 6.0, ...})        # or by name

A value is a number, a text (categories, dates of ISO 8601, booleans) or None where it is missing.
A row that cannot be scored raises a ValueError. As a program it reads a row of JSON a line and
writes a prediction a line.
"""

import base64
import json
import math
import re
import struct
import sys

FEATURES = [
@@FEATURES@@
]

# a layer computes a = f(normalize(x·W + b)); see forward
LAYERS = [
@@LAYERS@@
]

TARGET = @@TARGET@@

# layer by layer W (inputs × units, row by row), b, and gamma and beta where it is normalized; then,
# for each layer with batch normalization, its running means and variances: little-endian floats
PARAMETERS = base64.b64decode(
@@PARAMETERS@@
)


def float32(number):
    """The nearest 32-bit float, which is what the server computes with."""
    try:
        return struct.unpack("<f", struct.pack("<f", number))[0]
    except OverflowError:
        return math.copysign(math.inf, number)


# ---- from a row to the inputs of the network


def encode(row):
    """The inputs of the network: numbers scaled, an input for each category."""
    if isinstance(row, dict):
        names = [feature["name"] for feature in FEATURES]
        for name in row:
            if name not in names and name not in TARGET["columns"]:
                raise ValueError("there is no feature '%s'" % name)
        row = [row.get(name) for name in names]
    if len(row) != len(FEATURES):
        raise ValueError("the row has %d values, the model has %d features" % (len(row), len(FEATURES)))
    inputs = []
    for feature, value in zip(FEATURES, row):
        if isinstance(value, bool):
            value = "true" if value else "false"
        missing = value is None or value != value
        if missing:
            value = feature["imputed"]
            if value is None:
                raise ValueError(feature["name"] + ": the value is missing")
        if feature["kind"] == "category":
            inputs += one_hot(feature, value)
        else:
            number = value if missing else to_number(feature, value)
            inputs.append(float32((number - feature["offset"]) / feature["scale"]))
        if feature["indicator"]:
            inputs.append(1.0 if missing else 0.0)
    return inputs


def one_hot(feature, value):
    """1 for the row's own category; rare and unseen ones share an input if there are rare ones."""
    if not isinstance(value, str):
        raise ValueError(feature["name"] + ": a text is expected")
    known = value in feature["categories"]
    if feature["rejects_unseen"] and not known and value not in feature["folded"]:
        raise ValueError(feature["name"] + ": the category did not occur in training")
    inputs = [1.0 if value == category else 0.0 for category in feature["categories"]]
    if feature["folded"]:
        inputs.append(0.0 if known else 1.0)
    return inputs


def to_number(feature, value):
    """The number that a value stands for: itself, 0 or 1, or days since 1970-01-01."""
    kind = feature["kind"]
    if isinstance(value, str):
        number = {"boolean": parse_boolean, "date": parse_date}.get(kind, lambda _: math.nan)(value)
    else:
        number = float32(value)
        if kind == "date" or (kind == "boolean" and number not in (0.0, 1.0)):
            number = math.nan
    if not math.isfinite(number):
        raise ValueError("%s: a %s is expected" % (feature["name"], kind))
    return number


def parse_boolean(text):
    if text in ("0", "1"):
        return float(text)
    word = text.lower()
    if word in ("true", "yes", "t", "y"):
        return 1.0
    return 0.0 if word in ("false", "no", "f", "n") else math.nan


ISO_DATE = re.compile(
    "([0-9]{4})-([0-9]{2})-([0-9]{2})"
    "(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}(?:[.,][0-9]{1,9})?))?"
    "(?:Z|([+-])([0-9]{2}):?([0-9]{2})?)?)?"
)


def parse_date(text):
    match = ISO_DATE.fullmatch(text)
    if not match:
        return math.nan
    year, month, day, hour, minute = (int(match[i] or 0) for i in range(1, 6))
    second = float((match[6] or "0").replace(",", "."))
    offset_hour, offset_minute = int(match[8] or 0), int(match[9] or 0)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if not 1 <= month <= 12 or not 1 <= day <= days[month - 1]:
        return math.nan
    if hour > 23 or minute > 59 or second >= 60 or offset_hour > 18 or offset_minute > 59:
        return math.nan
    # days of the years before, counted from March on, so that a leap day is the last of its year
    y = year - (1 if month <= 2 else 0)
    march = (month + 9) % 12
    whole = 365 * y + y // 4 - y // 100 + y // 400 + (153 * march + 2) // 5 + day - 1 - 719468
    offset = 60 * offset_hour + offset_minute
    minutes = 60 * hour + minute - (-offset if match[7] == "-" else offset)
    return float32(whole + (60 * minutes + second) / 86400)


# ---- the network


def read_parameters():
    """W as a list of columns, b and the rest for each layer."""
    numbers = struct.unpack("<%df" % (len(PARAMETERS) // 4), PARAMETERS)
    at = 0

    def take(count):
        nonlocal at
        at += count
        return numbers[at - count : at]

    layers = []
    for layer in LAYERS:
        inputs, units = layer["inputs"], layer["units"]
        weights = take(inputs * units)
        read = {"columns": [weights[unit::units] for unit in range(units)], "biases": take(units)}
        if layer["normalization"] != "none":
            read["gamma"], read["beta"] = take(units), take(units)
        layers.append(read)
    for layer, read in zip(LAYERS, layers):
        if layer["normalization"] == "batch":
            read["mean"], read["variance"] = take(layer["units"]), take(layer["units"])
    return layers


def exp(x):
    return math.exp(max(-87.0, min(88.0, x)))


def sigmoid(z):
    return 1 / (1 + exp(-z))


def softplus(z):
    return max(z, 0.0) + math.log1p(exp(-abs(z)))


def exponential_linear(z, alpha):
    return z if z > 0 else alpha * math.expm1(max(z, -87.0))


# f(z, number), where only leakyRelu and elu have a number
ACTIVATIONS = {
    "linear": lambda z, _: z,
    "sigmoid": lambda z, _: sigmoid(z),
    "hardSigmoid": lambda z, _: min(1.0, max(0.0, z / 6 + 0.5)),
    "tanh": lambda z, _: math.tanh(z),
    "relu": lambda z, _: max(0.0, z),
    "leakyRelu": lambda z, slope: max(z, slope * z),
    "elu": exponential_linear,
    "selu": lambda z, _: 1.0507009873554805 * exponential_linear(z, 1.6732632423543772),
    "gelu": lambda z, _: z * math.erfc(-z / math.sqrt(2)) / 2,
    "silu": lambda z, _: z * sigmoid(z),
    "softplus": lambda z, _: softplus(z),
    "softsign": lambda z, _: z / (1 + abs(z)),
}


def activate(name, number, z):
    if name == "softmax":
        largest = max(z)
        powers = [exp(value - largest) for value in z]
        total = sum(powers)
        return [power / total for power in powers]
    return [ACTIVATIONS[name](value, number) for value in z]


def normalize(layer, read, z):
    """gamma·(z − mean) / √(variance + epsilon) + beta, by running numbers or by those of the row."""
    if layer["normalization"] == "none":
        return z
    if layer["normalization"] == "batch":
        means, variances = read["mean"], read["variance"]
    else:
        mean = sum(z) / len(z)
        means = [mean] * len(z)
        variances = [sum((value - mean) ** 2 for value in z) / len(z)] * len(z)
    return [
        gamma * (value - mean) / math.sqrt(variance + layer["epsilon"]) + beta
        for value, mean, variance, gamma, beta in zip(z, means, variances, read["gamma"], read["beta"])
    ]


READ = read_parameters()


def forward(x):
    """The forward pass: layer by layer a = f(normalize(x·W + b))."""
    for layer, read in zip(LAYERS, READ):
        z = [
            bias + sum(value * weight for value, weight in zip(x, column))
            for bias, column in zip(read["biases"], read["columns"])
        ]
        x = activate(layer["activation"], layer["number"], normalize(layer, read, z))
    return x


# ---- from the outputs to a prediction


def score(row):
    """{"label": …, "probabilities": {…}}, {"labels": […], …} or {"values": {…}} for a raw row."""
    outputs = [float32(output) for output in forward(encode(row))]
    kind, threshold = TARGET["kind"], TARGET["threshold"]
    if kind == "values":
        outputs = [
            float32(output * scale + offset)
            for output, scale, offset in zip(outputs, TARGET["scales"], TARGET["offsets"])
        ]
    if not all(math.isfinite(output) for output in outputs):
        raise ValueError("the network's output is not a finite number")
    names = TARGET["names"]
    if kind == "values":
        return {"values": dict(zip(names, outputs))}
    if kind == "labels":
        chosen = [name for name, output in zip(names, outputs) if output >= threshold]
        return {"labels": chosen, TARGET["scores"]: dict(zip(names, outputs))}
    if TARGET["single_output"]:  # it is that of the second class
        label = names[1 if outputs[0] >= threshold else 0]
        outputs = [float32(2 * threshold - outputs[0]), outputs[0]]
    else:
        label = names[outputs.index(max(outputs))]
    return {"label": label, TARGET["scores"]: dict(zip(names, outputs))}


def main():
    for line in sys.stdin:
        if line.strip():
            try:
                prediction = score(json.loads(line))
            except ValueError as error:
                prediction = {"error": str(error)}
            print(json.dumps(prediction))


if __name__ == "__main__":
    main()

"""Reads a model file by docs/model-file.md alone and scores its rows in 64-bit floats.

    python3 model-file-v1.py model-file-v1.zip [rows.json]

compares the self-test of the file with what this script makes of it, and, given rows, prints what
it says of them. It shares no code with the server.
"""

import hashlib
import json
import math
import re
import struct
import sys
import zipfile
from datetime import date


def read(path):
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        entries = {name: archive.read(name) for name in names}
    assert names == ["manifest.json", "model.json", "parameters.f32", "self-test.json"], names
    manifest = json.loads(entries["manifest.json"])
    assert manifest["format"] == "backprop-model" and manifest["formatVersion"] == 1
    assert [entry["name"] for entry in manifest["entries"]] == names[1:]
    for entry in manifest["entries"]:
        data = entries[entry["name"]]
        assert len(data) == entry["bytes"], entry
        assert hashlib.sha256(data).hexdigest() == entry["sha256"], entry
    return json.loads(entries["model.json"]), entries["parameters.f32"], json.loads(entries["self-test.json"])


def layers(model, data):
    numbers = list(struct.unpack("<%df" % (len(data) // 4), data))

    def take(count):
        taken = numbers[:count]
        del numbers[:count]
        return taken

    result, inputs = [], model["network"]["inputs"]
    for layer in model["network"]["layers"]:
        units = layer["units"]
        own = dict(layer, W=[take(units) for _ in range(inputs)], b=take(units))
        if layer["normalization"]["type"] != "none":
            own["gamma"], own["beta"] = take(units), take(units)
        result.append(own)
        inputs = units
    for own in result:
        if own["normalization"]["type"] == "batch":
            own["mean"], own["variance"] = take(own["units"]), take(own["units"])
    assert not numbers
    return result


class Refused(Exception):
    pass


def f32(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def shift_and_width(scale):
    kind = scale["type"]
    if kind == "none":
        return 0.0, 1.0
    if kind == "standardize":
        shift, width = scale["mean"], scale["standardDeviation"]
    elif kind == "minMax":
        shift, width = scale["minimum"], scale["maximum"] - scale["minimum"]
    else:
        shift, width = scale["median"], scale["interquartileRange"]
    return shift, width if width != 0 else 1.0


def days(text):
    match = re.fullmatch(
        r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d(?:[.,]\d{1,9})?))?(Z|[+-]\d\d(?::?\d\d)?)?)?", text
    )
    if not match:
        raise Refused(text)
    try:
        day = (date(*map(int, match.group(1, 2, 3))) - date(1970, 1, 1)).days
    except ValueError:
        raise Refused(text)
    hour, minute, second = int(match[4] or 0), int(match[5] or 0), float((match[6] or "0").replace(",", "."))
    if hour > 23 or minute > 59 or second >= 60:
        raise Refused(text)
    seconds = 3600 * hour + 60 * minute + second
    zone = match[7]
    if zone and zone != "Z":
        hours, minutes = int(zone[1:3]), int(zone[-2:] if len(zone) > 3 else 0)
        if hours > 18 or minutes > 59:
            raise Refused(text)
        size = 60 * hours + minutes
        seconds -= 60 * size * (1 if zone[0] == "+" else -1)
    return f32(day + seconds / 86400)


def number(feature, value):
    if feature["format"] == "date":
        if not isinstance(value, str):
            raise Refused(value)
        return days(value)
    if feature["format"] == "boolean":
        text = value.lower() if isinstance(value, str) else str(int(value)) if value in (0, 1) else ""
        if text in ("true", "yes", "t", "y", "1"):
            return 1.0
        if text in ("false", "no", "f", "n", "0"):
            return 0.0
        raise Refused(value)
    if isinstance(value, str):
        raise Refused(value)
    return f32(value)


def inputs(features, row):
    x = []
    for feature, value in zip(features, row):
        missing = value is None
        if missing and feature["imputed"] is None:
            raise Refused(feature["name"])
        if feature["type"] == "number":
            shift, width = shift_and_width(feature["scale"])
            x.append(f32(((feature["imputed"] if missing else number(feature, value)) - shift) / width))
        else:
            text = feature["imputed"] if missing else value
            if not isinstance(text, str):
                raise Refused(text)
            if feature["unseen"] == "reject" and text not in feature["categories"] + feature["folded"]:
                raise Refused(text)
            x += [float(text == category) for category in feature["categories"]]
            if feature["folded"]:
                x.append(float(text not in feature["categories"]))
        if feature["indicator"]:
            x.append(float(missing))
    return x


def f(activation, z):
    sigmoid = lambda v: 1 / (1 + math.exp(-v))
    kind = activation["type"]
    if kind == "softmax":
        powers = [math.exp(v - max(z)) for v in z]
        return [p / sum(powers) for p in powers]
    one = {
        "linear": lambda v: v,
        "sigmoid": sigmoid,
        "hardSigmoid": lambda v: min(1, max(0, v / 6 + 0.5)),
        "tanh": math.tanh,
        "relu": lambda v: max(0, v),
        "leakyRelu": lambda v: v if v > 0 else activation["slope"] * v,
        "elu": lambda v: v if v > 0 else activation["alpha"] * (math.exp(v) - 1),
        "selu": lambda v: 1.0507009873554805 * (v if v > 0 else 1.6732632423543772 * (math.exp(v) - 1)),
        "gelu": lambda v: v * (1 + math.erf(v / math.sqrt(2))) / 2,
        "silu": lambda v: v * sigmoid(v),
        "softplus": lambda v: math.log(1 + math.exp(v)),
        "softsign": lambda v: v / (1 + abs(v)),
    }[kind]
    return [one(v) for v in z]


def forward(network, x):
    for layer in network:
        z = [b + sum(x[i] * layer["W"][i][j] for i in range(len(x))) for j, b in enumerate(layer["b"])]
        kind = layer["normalization"]["type"]
        if kind != "none":
            if kind == "batch":
                mean, variance = layer["mean"], layer["variance"]
            else:
                own = sum(z) / len(z)
                mean, variance = [own] * len(z), [sum((v - own) ** 2 for v in z) / len(z)] * len(z)
            epsilon = layer["normalization"]["epsilon"]
            z = [
                g * (v - m) / math.sqrt(s + epsilon) + b
                for v, m, s, g, b in zip(z, mean, variance, layer["gamma"], layer["beta"])
            ]
        x = f(layer["activation"], z)
    return x


def score(model, network, row):
    """The scores, or None where the row is refused."""
    target = model["preprocessing"]["target"]
    try:
        outputs = forward(network, inputs(model["preprocessing"]["features"], row))
    except Refused:
        return None
    if target["type"] == "values":
        scales = [shift_and_width(scale) for scale in target["scales"]]
        return [a * width + shift for a, (shift, width) in zip(outputs, scales)]
    if target["type"] == "classes" and target["singleOutput"]:
        t = 0.5 if model["scores"] == "probabilities" else 0.0
        return [2 * t - outputs[0], outputs[0]]
    return outputs


def main():
    model, data, test = read(sys.argv[1])
    network = layers(model, data)
    assert hashlib.sha256(data).hexdigest() == model["lineage"]["parametersSha256"]
    worst = 0.0
    for row, expected in zip(test["rows"], test["outputs"]):
        own = score(model, network, row)
        assert (own is None) == (expected is None), row
        for a, b in zip(own or [], expected or []):
            worst = max(worst, abs(a - b) / max(abs(b), 1))
    assert worst < 1e-5, worst
    if len(sys.argv) > 2:
        with open(sys.argv[2]) as file:
            print(json.dumps([score(model, network, row) for row in json.load(file)]))
    else:
        print("the self-test agrees to", worst)


if __name__ == "__main__":
    main()

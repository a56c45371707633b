"""Writes profile.json: quartiles and histograms of columns by NumPy, which ColumnProfileTests compares.

Values are rounded to float32 first, as the server has them.

    python3 profile.py
"""

import json
from pathlib import Path

import numpy as np


def single(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def case(name, values):
    """A column, None for a missing cell."""
    present = single([value for value in values if value is not None])
    q1, median, q3 = np.quantile(present, [0.25, 0.5, 0.75])
    counts, edges = np.histogram(present)
    return {
        "name": name,
        "values": [None if value is None else float(np.float32(value)) for value in values],
        "distinct": len(np.unique(present)),
        "min": present.min(),
        "max": present.max(),
        "mean": present.mean(),
        "standardDeviation": present.std(),
        "q1": q1,
        "median": median,
        "q3": q3,
        "edges": edges.tolist(),
        "counts": counts.tolist(),
    }


random = np.random.default_rng(5)
cases = [
    case("two values", [3, -1]),
    case("four values", [4, 1, 3, 2]),
    case("whole numbers on the edges", list(range(11)) + [5, 5, 10]),
    case("normal", random.normal(10, 3, 101).tolist()),
    case("missing cells", [None if i % 7 == 3 else float(i * i % 13) for i in range(60)]),
    case("skewed", np.exp(random.normal(0, 2, 83)).tolist()),
    case("tenths", [i / 10 for i in range(-20, 21)]),
    case("close together", (1000 + random.integers(0, 50, 64) / 16384).tolist()),
    case("large", [-3.4e38, 3.4e38, 1e38, 0, -2e38, 7]),
    case("tiny", [1e-45, 3e-45, 7e-45, 0]),
    case("two zeros", [-0.0, 0.0, 1.0]),
]
golden = {"numpy": np.__version__, "cases": cases}
Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")

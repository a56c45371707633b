"""Makes preprocessing.csv, homes with missing cells and rare categories, and preprocessing.json: what
scikit-learn's transformers and networks make of it.

Every third row is held out. `encoded` has, for each scaling, held-out rows after the transformers were
fitted to the others: the scaler of numbers, SimpleImputer with an indicator behind it, and for
categories SimpleImputer with an indicator before OneHotEncoder. `scores` has the accuracy of
MLPClassifier (`demand`) and the R2 of MLPRegressor (`price`, standardized) on the held-out rows, for
five seeds, behind standardization. Numbers of the table have few digits, so that float32 has them well.

Usage: /usr/bin/python3 preprocessing.py (needs scikit-learn; writes beside itself)
"""

import csv
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, RobustScaler, StandardScaler

ROWS = 600
RARE = 8
SEEDS = range(5)
NUMBERS = ["area", "age", "income"]
INDICATORS = ["garden"]
CATEGORIES = ["city", "heating"]
FEATURES = NUMBERS + INDICATORS + CATEGORIES
TABLE = Path(__file__).with_name("preprocessing.csv")
SCALINGS = {
    "standardize": (StandardScaler, "mean"),
    "minMax": (MinMaxScaler, "mean"),
    "robust": (RobustScaler, "median"),
}


def table():
    random = np.random.default_rng(2024)
    cities = ["Aber", "Brook", "Cray", "Dale", "Eyre"]
    rare = ["Fell", "Gate", "Howe"]
    city = random.choice(cities + rare, ROWS, p=[0.3, 0.25, 0.2, 0.13, 0.09, 0.01, 0.01, 0.01])
    heating = random.choice(["gas", "heat pump", "oil"], ROWS, p=[0.5, 0.3, 0.2])
    area = np.round(random.gamma(6, 16, ROWS) + 20, 1)
    age = np.round(random.uniform(0, 90, ROWS))
    income = np.round(np.exp(random.normal(3.6, 0.5, ROWS)), 1)
    garden = random.integers(0, 2, ROWS)
    level = dict(zip(cities + rare, [40, 15, 0, -15, -35, 25, -5, 10]))
    warm = {"gas": 0, "heat pump": 20, "oil": -15}
    undisclosed = random.random(ROWS) < 0.15
    price = (
        1.4 * area
        + [level[c] for c in city]
        + [warm[h] for h in heating]
        - 25 * np.sin(age / 25)
        + 18 * np.log(income)
        + 12 * garden
        + 30 * undisclosed
        + random.normal(0, 12, ROWS)
    )
    demand = np.select([price < 170, price < 235], ["low", "medium"], "high")
    homes = np.array(
        [area, age, income, garden, city, heating, price.round(1), demand], dtype=object
    ).T
    homes[undisclosed, 2] = ""
    homes[random.random(ROWS) < 0.1, 1] = ""
    homes[random.random(ROWS) < 0.08, 5] = ""
    homes[2, 4] = "Island"  # held out, so that no training row has it
    homes[5, 0] = ""  # held out too: area has no indicator
    return homes


def read():
    with open(TABLE, newline="") as file:
        rows = list(csv.reader(file))[1:]
    numbers = [[np.float32(cell or "nan") for cell in row[:4]] for row in rows]
    texts = [[cell or np.nan for cell in row[4:6]] for row in rows]
    x = np.hstack([np.array(numbers, float).astype(object), np.array(texts, dtype=object)])
    price = np.array([row[6] for row in rows], np.float32).astype(float)
    return x, {"price": price, "demand": np.array([row[7] for row in rows])}


def places(names):
    return [FEATURES.index(name) for name in names]


def flags(columns):
    return [
        (f"{name}:missing", MissingIndicator(features="all"), places([name])) for name in columns
    ]


def transformer(scaling):
    scaler, usual = SCALINGS[scaling]
    number = make_pipeline(scaler(), SimpleImputer(strategy=usual))
    one_hot = OneHotEncoder(
        min_frequency=RARE, handle_unknown="infrequent_if_exist", sparse_output=False
    )
    category = make_pipeline(SimpleImputer(strategy="most_frequent"), one_hot)
    return ColumnTransformer(
        [("numbers", number, places(NUMBERS)), ("indicators", "passthrough", places(INDICATORS))]
        + [(name, category, places([name])) for name in CATEGORIES]
        + flags(["age", "income", "heating"])
    )


def input_names(fitted):
    names = NUMBERS + INDICATORS
    for category in CATEGORIES:
        encoder = fitted.named_transformers_[category][-1]
        for name in encoder.get_feature_names_out([category]):
            value = name.removeprefix(category + "_")
            other = value == "infrequent_sklearn"
            names = names + [f"{category}:other" if other else f"{category}={value}"]
    return names + ["age:missing", "income:missing", "heating:missing"]


def encoded(scaling, training, held_out):
    fitted = transformer(scaling).fit(training)
    rows = fitted.transform(held_out).astype(float)
    return {"scaling": scaling, "inputs": input_names(fitted), "rows": rows.round(9).tolist()}


def network(kind, seed):
    return kind(
        hidden_layer_sizes=(16,),
        activation="tanh",
        solver="adam",
        learning_rate_init=0.005,
        batch_size=32,
        max_iter=60,
        n_iter_no_change=1000,
        tol=0,
        alpha=0,
        random_state=seed,
    )


def score(kind, target, seed):
    learner = network(kind, seed)
    if kind is MLPRegressor:
        learner = TransformedTargetRegressor(learner, transformer=StandardScaler())
    pipeline = Pipeline([("encode", transformer("standardize")), ("learn", learner)])
    pipeline.fit(x[~held_out], targets[target][~held_out])
    return round(float(pipeline.score(x[held_out], targets[target][held_out])), 6)


with open(TABLE, "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(FEATURES + ["price", "demand"])
    writer.writerows(table())
x, targets = read()
held_out = np.arange(ROWS) % 3 == 2

golden = {
    "scikitLearn": sklearn.__version__,
    "encoded": [encoded(scaling, x[~held_out], x[held_out][:25]) for scaling in SCALINGS],
    "scores": {
        "demand": [score(MLPClassifier, "demand", seed) for seed in SEEDS],
        "price": [score(MLPRegressor, "price", seed) for seed in SEEDS],
    },
}
TABLE.with_suffix(".json").write_text(json.dumps(golden) + "\n")
for name, scores in golden["scores"].items():
    print(name, scores, "mean", np.mean(scores), "deviation", np.std(scores, ddof=1))

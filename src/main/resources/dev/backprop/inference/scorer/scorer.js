// Scores raw rows as the server does that trained the model @@MODEL@@.
//
// Needs nothing beside itself, in Node.js and in browsers.
//
//   score([6.3, 3.3, 6.0, 2.5])           in the order of FEATURES
//   score({petal_length: 6.0, ...})       or by name
//
// A value is a number, a text (categories, dates of ISO 8601), a boolean, or null where it is
// missing. A row that cannot be scored throws an Error. `node` runs it as a program that reads a row
// of JSON a line and writes a prediction a line.
"use strict";

const FEATURES = [
@@FEATURES@@
];

// a layer computes a = f(normalize(x·W + b)); see forward
const LAYERS = [
@@LAYERS@@
];

const TARGET = @@TARGET@@;

// layer by layer W (inputs × units, row by row), b, and gamma and beta where it is normalized; then,
// for each layer with batch normalization, its running means and variances: little-endian floats
const PARAMETERS = [
@@PARAMETERS@@
];

// ---- from a row to the inputs of the network

/** The inputs of the network: numbers scaled, an input for each category. */
function encode(row) {
  const values = Array.isArray(row) ? row : inOrder(row);
  if (values.length !== FEATURES.length) {
    throw new Error(`the row has ${values.length} values, the model has ${FEATURES.length} features`);
  }
  const inputs = [];
  FEATURES.forEach((feature, i) => {
    const missing = values[i] === null || values[i] === undefined || Number.isNaN(values[i]);
    const value = missing ? feature.imputed : values[i];
    if (value === null) {
      throw new Error(feature.name + ": the value is missing");
    }
    if (feature.kind === "category") {
      inputs.push(...oneHot(feature, String(value), typeof value));
    } else {
      const number = missing ? value : toNumber(feature, value);
      inputs.push(Math.fround((number - feature.offset) / feature.scale));
    }
    if (feature.indicator) {
      inputs.push(missing ? 1 : 0);
    }
  });
  return inputs;
}

function inOrder(row) {
  const names = FEATURES.map((feature) => feature.name);
  for (const name of Object.keys(row)) {
    if (!names.includes(name) && !TARGET.columns.includes(name)) {
      throw new Error(`there is no feature '${name}'`);
    }
  }
  return names.map((name) => (Object.hasOwn(row, name) ? row[name] : null));
}

/** 1 for the row's own category; rare and unseen ones share an input if there are rare ones. */
function oneHot(feature, text, type) {
  if (type === "number") {
    throw new Error(feature.name + ": a text is expected");
  }
  const known = feature.categories.includes(text);
  if (feature.rejectsUnseen && !known && !feature.folded.includes(text)) {
    throw new Error(feature.name + ": the category did not occur in training");
  }
  const inputs = feature.categories.map((category) => (category === text ? 1 : 0));
  if (feature.folded.length > 0) {
    inputs.push(known ? 0 : 1);
  }
  return inputs;
}

/** The number that a value stands for: itself, 0 or 1, or days since 1970-01-01. */
function toNumber(feature, value) {
  let number = NaN;
  if (typeof value === "number") {
    number = Math.fround(value);
    if (feature.kind === "date" || (feature.kind === "boolean" && number !== 0 && number !== 1)) {
      number = NaN;
    }
  } else if (feature.kind === "boolean") {
    number = parseBoolean(String(value));
  } else if (feature.kind === "date") {
    number = parseDate(String(value));
  }
  if (!Number.isFinite(number)) {
    throw new Error(`${feature.name}: a ${feature.kind} is expected`);
  }
  return number;
}

function parseBoolean(text) {
  const word = text.toLowerCase();
  if (["true", "yes", "t", "y", "1"].includes(word)) {
    return 1;
  }
  return ["false", "no", "f", "n", "0"].includes(word) ? 0 : NaN;
}

const ISO_DATE = new RegExp(
  "^([0-9]{4})-([0-9]{2})-([0-9]{2})" +
    "(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}(?:[.,][0-9]{1,9})?))?" +
    "(?:Z|([+-])([0-9]{2}):?([0-9]{2})?)?)?$",
);

function parseDate(text) {
  const match = ISO_DATE.exec(text);
  if (!match) {
    return NaN;
  }
  const [year, month, day, hour, minute] = [1, 2, 3, 4, 5].map((i) => Number(match[i] || 0));
  const second = Number((match[6] || "0").replace(",", "."));
  const [offsetHour, offsetMinute] = [Number(match[8] || 0), Number(match[9] || 0)];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (month < 1 || month > 12 || day < 1 || day > days[month - 1]) {
    return NaN;
  }
  if (hour > 23 || minute > 59 || second >= 60 || offsetHour > 18 || offsetMinute > 59) {
    return NaN;
  }
  // days of the years before, counted from March on, so that a leap day is the last of its year
  const y = year - (month <= 2 ? 1 : 0);
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  const march = (month + 9) % 12;
  const whole = 365 * y + leaps + Math.floor((153 * march + 2) / 5) + day - 1 - 719468;
  const offset = 60 * offsetHour + offsetMinute;
  const minutes = 60 * hour + minute - (match[7] === "-" ? -offset : offset);
  return Math.fround(whole + (60 * minutes + second) / 86400);
}

// ---- the network

/** W, b and the rest for each layer. */
function readParameters() {
  const bytes = Uint8Array.from(PARAMETERS.map(atob).join(""), (char) => char.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const numbers = new Float32Array(bytes.length / 4);
  for (let i = 0; i < numbers.length; i++) {
    numbers[i] = view.getFloat32(4 * i, true);
  }
  let at = 0;
  const take = (count) => numbers.subarray(at, (at += count));
  const layers = LAYERS.map(({ inputs, units, normalization }) => {
    const read = { weights: take(inputs * units), biases: take(units) };
    if (normalization !== "none") {
      read.gamma = take(units);
      read.beta = take(units);
    }
    return read;
  });
  LAYERS.forEach(({ units, normalization }, i) => {
    if (normalization === "batch") {
      layers[i].mean = take(units);
      layers[i].variance = take(units);
    }
  });
  return layers;
}

const exp = (x) => Math.exp(Math.max(-87, Math.min(88, x)));
const sigmoid = (z) => 1 / (1 + exp(-z));
const exponentialLinear = (z, alpha) => (z > 0 ? z : alpha * Math.expm1(Math.max(z, -87)));

/** The standard normal distribution, Φ(x) = erfc(−x/√2) / 2, by a polynomial in 1 / (1 + 0.35·u). */
function normalDistribution(x) {
  const u = Math.min(Math.abs(x), 13) * Math.SQRT1_2;
  const t = 1 / (1 + 0.35 * u);
  let p = 0.038397923;
  for (const coefficient of [
    -0.15891168, 0.18142284, -0.02765506, 0.086976856, 0.1460648, 0.15117827, 0.1879041, 0.19713815,
    0.1974838,
  ]) {
    p = p * t + coefficient;
  }
  const upper = 0.5 * Math.exp(-u * u) * t * p;
  return x > 0 ? 1 - upper : upper;
}

// f(z, number), where only leakyRelu and elu have a number
const ACTIVATIONS = {
  linear: (z) => z,
  sigmoid,
  hardSigmoid: (z) => Math.min(1, Math.max(0, z / 6 + 0.5)),
  tanh: Math.tanh,
  relu: (z) => Math.max(0, z),
  leakyRelu: (z, slope) => Math.max(z, slope * z),
  elu: exponentialLinear,
  selu: (z) => 1.0507009873554805 * exponentialLinear(z, 1.6732632423543772),
  gelu: (z) => z * normalDistribution(z),
  silu: (z) => z * sigmoid(z),
  softplus: (z) => Math.max(z, 0) + Math.log1p(exp(-Math.abs(z))),
  softsign: (z) => z / (1 + Math.abs(z)),
};

function activate(name, number, z) {
  if (name === "softmax") {
    const largest = z.reduce((a, b) => Math.max(a, b));
    const powers = z.map((value) => exp(value - largest));
    const total = powers.reduce((a, b) => a + b);
    return powers.map((power) => power / total);
  }
  return z.map((value) => ACTIVATIONS[name](value, number));
}

/** gamma·(z − mean) / √(variance + epsilon) + beta, by running numbers or by those of the row. */
function normalize({ normalization, epsilon }, { gamma, beta, mean, variance }, z) {
  if (normalization === "none") {
    return z;
  }
  const batch = normalization === "batch";
  const ownMean = z.reduce((a, b) => a + b) / z.length;
  const ownVariance = z.reduce((sum, value) => sum + (value - ownMean) ** 2, 0) / z.length;
  return z.map((value, i) => {
    const deviation = Math.sqrt((batch ? variance[i] : ownVariance) + epsilon);
    return (gamma[i] * (value - (batch ? mean[i] : ownMean))) / deviation + beta[i];
  });
}

const READ = readParameters();

/** The forward pass: layer by layer a = f(normalize(x·W + b)). */
function forward(inputs) {
  let x = inputs;
  LAYERS.forEach((layer, l) => {
    const { weights, biases } = READ[l];
    const z = Array.from(biases);
    for (let i = 0; i < layer.inputs; i++) {
      for (let unit = 0; unit < layer.units; unit++) {
        z[unit] += x[i] * weights[i * layer.units + unit];
      }
    }
    x = activate(layer.activation, layer.number, normalize(layer, READ[l], z));
  });
  return x;
}

// ---- from the outputs to a prediction

/** {label, probabilities}, {labels, probabilities} or {values} for a raw row. */
function score(row) {
  let outputs = forward(encode(row)).map(Math.fround);
  const { kind, names, threshold, scales, offsets } = TARGET;
  if (kind === "values") {
    outputs = outputs.map((output, i) => Math.fround(output * scales[i] + offsets[i]));
  }
  if (!outputs.every(Number.isFinite)) {
    throw new Error("the network's output is not a finite number");
  }
  if (kind === "values") {
    return { values: named(outputs) };
  }
  if (kind === "labels") {
    const labels = names.filter((_, i) => outputs[i] >= threshold);
    return { labels, [TARGET.scores]: named(outputs) };
  }
  let label;
  if (TARGET.singleOutput) { // it is that of the second class
    label = names[outputs[0] >= threshold ? 1 : 0];
    outputs = [Math.fround(2 * threshold - outputs[0]), outputs[0]];
  } else {
    label = names[outputs.indexOf(outputs.reduce((a, b) => Math.max(a, b)))];
  }
  return { label, [TARGET.scores]: named(outputs) };
}

function named(outputs) {
  return Object.fromEntries(TARGET.names.map((name, i) => [name, outputs[i]]));
}

function main() {
  const lines = require("fs").readFileSync(0, "utf8").split("\n");
  for (const line of lines.filter((text) => text.trim() !== "")) {
    let prediction;
    try {
      prediction = score(JSON.parse(line));
    } catch (error) {
      prediction = { error: error.message };
    }
    console.log(JSON.stringify(prediction));
  }
}

if (typeof module !== "undefined") {
  module.exports = { FEATURES, score };
  if (require.main === module) {
    main();
  }
}

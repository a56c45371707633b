/*
 * Scores raw rows as the server does that trained the model @@MODEL@@.
 *
 * C99 and its library (-lm), nothing beside it. Include this file, or declare what is not static.
 *
 *   scorer_value row[SCORER_FEATURES] = {scorer_number(6.3), scorer_text("red"), scorer_missing()};
 *   float scores[SCORER_SCORES];
 *   if (scorer_score(row, scores) == 0) puts(scorer_names[scorer_label(scores)]);
 *
 * A row has a value for each feature, in the order of FEATURES: a number, a text (categories, dates
 * of ISO 8601, words for booleans) or nothing where it is missing. Texts are UTF-8, in which
 * U+0000 is written as C0 80.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SCORER_FEATURES @@FEATURE_COUNT@@ /* values of a row */
#define SCORER_SCORES @@SCORE_COUNT@@ /* numbers of a prediction */

/* A text, or else a number, which is NaN where the value is missing. */
typedef struct {
  const char *text;
  double number;
} scorer_value;

enum scorer_kind { NUMBER, BOOLEAN, DATE, CATEGORY };
enum scorer_target { CLASSES, LABELS, VALUES };
enum scorer_normalization { NONE, BATCH, LAYER };
enum scorer_activation {
  LINEAR, SIGMOID, HARD_SIGMOID, TANH, RELU, LEAKY_RELU, ELU, SELU, GELU, SILU, SOFTPLUS, SOFTSIGN,
  SOFTMAX
};

/* Imputed is what stands in for a missing value. Lists of texts end in NULL. */
struct scorer_feature {
  const char *name;
  enum scorer_kind kind;
  double offset, scale;
  int imputes;
  double imputed;
  const char *imputed_text;
  int indicator;
  const char *const *categories, *const *folded;
  int rejects_unseen;
};

/* A layer computes a = f(normalize(x.W + b)). The number is that of leakyRelu and elu. */
struct scorer_layer {
  int inputs, units;
  enum scorer_activation activation;
  double number;
  enum scorer_normalization normalization;
  double epsilon;
};

@@CATEGORIES@@
static const struct scorer_feature FEATURES[] = {
@@FEATURES@@
};

static const struct scorer_layer LAYERS[] = {
@@LAYERS@@
};
#define LAYER_COUNT (sizeof LAYERS / sizeof LAYERS[0])

/* the most numbers between two layers */
#define WIDEST @@WIDEST@@

static const enum scorer_target TARGET = @@TARGET@@;
static const int SINGLE_OUTPUT = @@SINGLE_OUTPUT@@; /* that of the second of two classes */
static const float THRESHOLD = @@THRESHOLD@@f;
static const double TARGET_OFFSETS[] = {@@OFFSETS@@};
static const double TARGET_SCALES[] = {@@SCALES@@};

/* what the scores are of, in their order: labels, or targets of a regression */
const char *const scorer_names[] = {
@@NAMES@@
};

/* layer by layer W (inputs x units, row by row), b, and gamma and beta where it is normalized;
 * then, for each layer with batch normalization, its running means and variances */
static const float PARAMETERS[] = {
@@PARAMETERS@@
};

/* ---- from a row to the inputs of the network */

scorer_value scorer_number(double number) {
  scorer_value value = {NULL, number};
  return value;
}

scorer_value scorer_text(const char *text) {
  scorer_value value = {text, 0};
  return value;
}

scorer_value scorer_missing(void) { return scorer_number(NAN); }

static int position(const char *const *texts, const char *text) {
  for (int i = 0; texts[i] != NULL; i++) {
    if (strcmp(texts[i], text) == 0) return i;
  }
  return -1;
}

static int same_word(const char *text, const char *word) {
  while (*text != 0 && *word != 0) {
    char c = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
    if (c != *word) return 0;
    text++;
    word++;
  }
  return *text == *word;
}

static double parse_boolean(const char *text) {
  static const char *const YES[] = {"true", "yes", "t", "y", "1"};
  static const char *const NO[] = {"false", "no", "f", "n", "0"};
  for (int i = 0; i < 5; i++) {
    if (same_word(text, YES[i])) return 1;
    if (same_word(text, NO[i])) return 0;
  }
  return NAN;
}

/* reads so many digits, -1 where there are others */
static int digits(const char **text, int count) {
  int number = 0;
  for (int i = 0; i < count; i++) {
    if (**text < '0' || **text > '9') return -1;
    number = 10 * number + (**text - '0');
    (*text)++;
  }
  return number;
}

/* days since 1970-01-01 of YYYY-MM-DD[(T| )HH:MM[:SS[.F]][Z|(+|-)HH[[:]MM]]] */
static double parse_date(const char *text) {
  int year = digits(&text, 4), month = -1, day = -1, hour = 0, minute = 0, offset = 0;
  double second = 0;
  if (year >= 0 && *text == '-') month = digits((text++, &text), 2);
  if (month >= 0 && *text == '-') day = digits((text++, &text), 2);
  if (day < 0) return NAN;
  if (*text == 'T' || *text == ' ') {
    text++;
    hour = digits(&text, 2);
    if (hour < 0 || *text != ':') return NAN;
    minute = digits((text++, &text), 2);
    if (minute < 0) return NAN;
    if (*text == ':') {
      int whole = digits((text++, &text), 2);
      if (whole < 0) return NAN;
      second = whole;
      if (*text == '.' || *text == ',') {
        double fraction = 0, unit = 1;
        int count = 0;
        for (text++; *text >= '0' && *text <= '9'; text++, count++) {
          fraction = 10 * fraction + (*text - '0');
          unit *= 10;
        }
        if (count < 1 || count > 9) return NAN;
        second += fraction / unit;
      }
    }
    if (*text == 'Z') {
      text++;
    } else if (*text == '+' || *text == '-') {
      int sign = *text++ == '-' ? -1 : 1, hours = digits(&text, 2), minutes = 0;
      if (hours < 0) return NAN;
      if (*text == ':') text++;
      if (*text != 0) minutes = digits(&text, 2);
      if (minutes < 0 || hours > 18 || minutes > 59) return NAN;
      offset = sign * (60 * hours + minutes);
    }
  }
  if (*text != 0) return NAN;
  int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  int days[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1 || day > days[month - 1]) return NAN;
  if (hour > 23 || minute > 59 || second >= 60) return NAN;
  /* days of the years before, counted from March on, so that a leap day is the last of its year */
  int y = year + 400 - (month <= 2), march = (month + 9) % 12;
  long whole = 365L * y + y / 4 - y / 100 + y / 400 + (153 * march + 2) / 5 + day - 1 - 719468 - 146097;
  return (float)(whole + (60 * (60 * hour + minute - offset) + second) / 86400);
}

/* the number that a value stands for: itself, 0 or 1, or days since 1970-01-01; NaN if none */
static double to_number(const struct scorer_feature *feature, scorer_value value) {
  if (value.text != NULL) {
    if (feature->kind == BOOLEAN) return parse_boolean(value.text);
    return feature->kind == DATE ? parse_date(value.text) : NAN;
  }
  float number = (float)value.number;
  if (feature->kind == DATE) return NAN;
  if (feature->kind == BOOLEAN && number != 0 && number != 1) return NAN;
  return number;
}

/* writes 1 for the row's own category; rare and unseen ones share an input if there are rare ones */
static int encode_category(const struct scorer_feature *feature, const char *text, double **x) {
  int at = position(feature->categories, text);
  if (feature->rejects_unseen && at < 0 && position(feature->folded, text) < 0) return 0;
  for (int i = 0; feature->categories[i] != NULL; i++) *(*x)++ = i == at;
  if (feature->folded[0] != NULL) *(*x)++ = at < 0;
  return 1;
}

/* 0, or 1 + the position of a feature whose value is missing or not what it should be */
static int encode(const scorer_value row[], double *x) {
  for (int i = 0; i < SCORER_FEATURES; i++) {
    const struct scorer_feature *feature = &FEATURES[i];
    int missing = row[i].text == NULL && isnan(row[i].number);
    if (missing && !feature->imputes) return i + 1;
    if (feature->kind == CATEGORY) {
      const char *text = missing ? feature->imputed_text : row[i].text;
      if (text == NULL || !encode_category(feature, text, &x)) return i + 1;
    } else {
      double number = missing ? feature->imputed : to_number(feature, row[i]);
      if (!isfinite(number)) return i + 1;
      *x++ = (float)((number - feature->offset) / feature->scale);
    }
    if (feature->indicator) *x++ = missing;
  }
  return 0;
}

/* ---- the network */

static double clamped_exp(double x) { return exp(fmax(-87, fmin(88, x))); }

static double sigmoid(double z) { return 1 / (1 + clamped_exp(-z)); }

static double exponential_linear(double z, double alpha) {
  return z > 0 ? z : alpha * expm1(fmax(z, -87));
}

static double activate(enum scorer_activation f, double number, double z) {
  switch (f) {
    case SIGMOID: return sigmoid(z);
    case HARD_SIGMOID: return fmin(1, fmax(0, z / 6 + 0.5));
    case TANH: return tanh(z);
    case RELU: return fmax(0, z);
    case LEAKY_RELU: return fmax(z, number * z);
    case ELU: return exponential_linear(z, number);
    case SELU: return 1.0507009873554805 * exponential_linear(z, 1.6732632423543772);
    case GELU: return z * erfc(-z / sqrt(2)) / 2;
    case SILU: return z * sigmoid(z);
    case SOFTPLUS: return fmax(z, 0) + log1p(clamped_exp(-fabs(z)));
    case SOFTSIGN: return z / (1 + fabs(z));
    default: return z;
  }
}

static void softmax(double *z, int units) {
  double largest = z[0], total = 0;
  for (int i = 1; i < units; i++) largest = fmax(largest, z[i]);
  for (int i = 0; i < units; i++) total += z[i] = clamped_exp(z[i] - largest);
  for (int i = 0; i < units; i++) z[i] /= total;
}

/* gamma.(z - mean) / sqrt(variance + epsilon) + beta, by running numbers or by those of the row */
static void normalize(const struct scorer_layer *layer, const float *gamma, const float *running, double *z) {
  int units = layer->units;
  const float *beta = gamma + units;
  double mean = 0, variance = 0;
  for (int i = 0; i < units; i++) mean += z[i] / units;
  for (int i = 0; i < units; i++) variance += (z[i] - mean) * (z[i] - mean) / units;
  for (int i = 0; i < units; i++) {
    double m = layer->normalization == BATCH ? running[i] : mean;
    double v = layer->normalization == BATCH ? running[units + i] : variance;
    z[i] = gamma[i] * (z[i] - m) / sqrt(v + layer->epsilon) + beta[i];
  }
}

/* the running means and variances stand behind the parameters of all layers */
static const float *statistics(void) {
  const float *at = PARAMETERS;
  for (size_t l = 0; l < LAYER_COUNT; l++) {
    at += (size_t)LAYERS[l].units * (LAYERS[l].inputs + (LAYERS[l].normalization == NONE ? 1 : 3));
  }
  return at;
}

/* the forward pass: layer by layer a = f(normalize(x.W + b)); gives back x or z, whichever is last */
static double *forward(double *x, double *z) {
  const float *weights = PARAMETERS, *running = statistics();
  for (size_t l = 0; l < LAYER_COUNT; l++) {
    const struct scorer_layer *layer = &LAYERS[l];
    int inputs = layer->inputs, units = layer->units;
    const float *biases = weights + (size_t)inputs * units;
    for (int j = 0; j < units; j++) z[j] = biases[j];
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < units; j++) z[j] += x[i] * weights[(size_t)i * units + j];
    }
    weights = biases + units;
    if (layer->normalization != NONE) {
      normalize(layer, weights, running, z);
      weights += 2 * units;
      if (layer->normalization == BATCH) running += 2 * units;
    }
    if (layer->activation == SOFTMAX) softmax(z, units);
    else for (int j = 0; j < units; j++) z[j] = activate(layer->activation, layer->number, z[j]);
    double *outputs = z;
    z = x;
    x = outputs;
  }
  return x;
}

/* ---- from the outputs to a prediction */

/*
 * Writes probabilities, margins or values in the order of scorer_names. Gives back 0, or 1 + the
 * position of a feature whose value is missing or not what it should be, or -1 where the network's
 * output is not a finite number, or -2 where there is no memory.
 */
int scorer_score(const scorer_value row[SCORER_FEATURES], float scores[SCORER_SCORES]) {
  double *room = malloc(2 * WIDEST * sizeof *room);
  if (room == NULL) return -2;
  int error = encode(row, room);
  if (error == 0) {
    const double *outputs = forward(room, room + WIDEST);
    for (int i = 0; i < (SINGLE_OUTPUT ? 1 : SCORER_SCORES); i++) {
      scores[i] = (float)outputs[i];
      if (TARGET == VALUES) scores[i] = (float)(scores[i] * TARGET_SCALES[i] + TARGET_OFFSETS[i]);
      if (!isfinite(scores[i])) error = -1;
    }
    if (SINGLE_OUTPUT) {
      scores[SCORER_SCORES - 1] = scores[0];
      scores[0] = 2 * THRESHOLD - scores[0];
    }
  }
  free(room);
  return error;
}

/* The position of the class among scorer_names. */
int scorer_label(const float scores[SCORER_SCORES]) {
  if (SINGLE_OUTPUT) return scores[SCORER_SCORES - 1] >= THRESHOLD;
  int largest = 0;
  for (int i = 1; i < SCORER_SCORES; i++) {
    if (scores[i] > scores[largest]) largest = i;
  }
  return largest;
}

/* Whether the label at a position is one of a row, where it may have several. */
int scorer_has_label(const float scores[SCORER_SCORES], int label) {
  return TARGET == LABELS && scores[label] >= THRESHOLD;
}

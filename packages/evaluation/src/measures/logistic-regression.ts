import { LatentkitError } from '@latentkit/core';
import { above, checkOptions, checkValue, listRule, type OptionRules, whole } from '@latentkit/core/options';
import { minimize } from './minimize.ts';
import { requireVectors, type Vectors } from './points.ts';

export interface LogisticRegressionOptions {
  /** Strength of the data against the penalty: `C`; 1 by default. */
  c?: number;
  /** Steps at most; 500 by default. */
  iterations?: number;
}

/** Classes told apart by hyperplanes. */
export interface LogisticRegression {
  /** Classes it knows, in order. */
  readonly classes: readonly number[];
  /** `[classes, dimensions]`. */
  readonly weights: Float64Array;
  /** `[classes]`. */
  readonly biases: Float64Array;
  /** The likeliest class of each vector; of those as likely, the first. */
  predict(vectors: Vectors): Int32Array;
}

/**
 * How steep the mean over the vectors may still be: a hundredth of scikit-learn's. A steepness of their sum is below what float64 tells of
 * thousands of them.
 */
const TOLERANCE = 1e-6;

const RULES: OptionRules<LogisticRegressionOptions> = { c: above(0), iterations: whole(1) };

/**
 * Multinomial logistic regression: minimises `sum_i -log softmax(W x_i + b)[y_i] + |W|^2 / (2 C)` by L-BFGS in float64.
 *
 * @param labels a class each; those below 0 are left out.
 * @throws `E_SHAPE` for another number of labels; `E_RANGE` where there are fewer than two classes; `E_NOT_FINITE` for vectors that
 * hold NaN.
 * @example
 * const probe = fitLogisticRegression({ data: mean, count: 1000, dimensions: 8 }, labels);
 * probe.predict({ data: others, count: 200, dimensions: 8 });
 */
export function fitLogisticRegression(
  vectors: Vectors,
  labels: ArrayLike<number>,
  options: LogisticRegressionOptions = {},
): LogisticRegression {
  const where = 'fitLogisticRegression';
  requireVectors(where, vectors, 'vectors');
  checkValue(where, 'labels', labels, listRule);
  checkOptions(where, options, RULES);
  const { c = 1, iterations = 500 } = options;
  const { count, dimensions } = vectors;
  if (labels.length !== count) {
    throw new LatentkitError('E_SHAPE', `${where}: expected ${count} labels, got ${labels.length}`);
  }
  const told = Array.from(labels);
  const classes = [...new Set(told.filter((label) => label >= 0))].sort((a, b) => a - b);
  if (classes.length < 2) {
    throw new LatentkitError('E_RANGE', `${where}: expected two classes at least, got ${classes.length}`);
  }
  const rankOf = new Map(classes.map((label, rank) => [label, rank]));
  const known = told.flatMap((label, i) => (label >= 0 ? [i] : []));
  const ranks = Int32Array.from(known, (i) => rankOf.get(told[i]!)!);
  const rows = rowsOf(vectors, known);
  const size = classes.length * dimensions;
  const logits = new Float64Array(classes.length);

  const point = minimize(
    (at, gradient) => {
      let value = 0;
      for (let i = 0; i < size; i++) {
        value += at[i]! ** 2 / (2 * c);
        gradient[i] = at[i]! / c;
      }
      gradient.fill(0, size);
      for (let i = 0; i < known.length; i++) {
        const row = i * dimensions;
        const rank = ranks[i]!;
        scoreRow(at, rows, row, logits);
        const own = logits[rank]!;
        const [most, sum] = softmax(logits);
        value -= own - most - Math.log(sum);
        for (let k = 0; k < classes.length; k++) {
          const error = logits[k]! / sum - (k === rank ? 1 : 0);
          for (let d = 0, w = k * dimensions; d < dimensions; d++) {
            gradient[w + d] = gradient[w + d]! + error * rows[row + d]!;
          }
          gradient[size + k] = gradient[size + k]! + error;
        }
      }
      return value;
    },
    size + classes.length,
    { iterations, tolerance: TOLERANCE * known.length },
  );

  return {
    classes,
    weights: point.slice(0, size),
    biases: point.slice(size),
    predict(others) {
      requireVectors('predict', others, 'vectors', 1);
      if (others.dimensions !== dimensions) {
        throw new LatentkitError(
          'E_SHAPE',
          `predict: expected vectors of ${dimensions} numbers, got ${others.dimensions}`,
        );
      }
      const told = rowsOf(others);
      return Int32Array.from({ length: others.count }, (_, i) => {
        scoreRow(point, told, i * dimensions, logits);
        return classes[logits.indexOf(Math.max(...logits))]!;
      });
    },
  };
}

/** Some vectors in float64, one after the other: an array of one kind is read several times faster than one of any. */
function rowsOf({ data, count, dimensions }: Vectors, some?: readonly number[]): Float64Array {
  const rows = new Float64Array((some?.length ?? count) * dimensions);
  for (let i = 0; i * dimensions < rows.length; i++) {
    const from = (some?.[i] ?? i) * dimensions;
    for (let d = 0; d < dimensions; d++) rows[i * dimensions + d] = data[from + d]!;
  }
  return rows;
}

/** Logits of the vector that begins at `row`, as many as there is room for: weights by class, then the biases. */
function scoreRow(at: Float64Array, rows: Float64Array, row: number, out: Float64Array): void {
  const dimensions = at.length / out.length - 1;
  const biases = out.length * dimensions;
  for (let k = 0; k < out.length; k++) {
    let sum = at[biases + k]!;
    for (let d = 0, w = k * dimensions; d < dimensions; d++) sum += at[w + d]! * rows[row + d]!;
    out[k] = sum;
  }
}

/** Puts `exp(logit - most)` in place of logits; gives the most and the sum. */
function softmax(logits: Float64Array): [most: number, sum: number] {
  let most = logits[0]!;
  for (let k = 1; k < logits.length; k++) if (logits[k]! > most) most = logits[k]!;
  let sum = 0;
  for (let k = 0; k < logits.length; k++) {
    logits[k] = Math.exp(logits[k]! - most);
    sum += logits[k]!;
  }
  return [most, sum];
}

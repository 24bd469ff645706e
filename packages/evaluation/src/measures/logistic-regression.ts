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
  const { data, count, dimensions } = vectors;
  if (labels.length !== count) {
    throw new LatentkitError('E_SHAPE', `${where}: expected ${count} labels, got ${labels.length}`);
  }
  const told = Array.from(labels);
  const classes = [...new Set(told.filter((label) => label >= 0))].sort((a, b) => a - b);
  if (classes.length < 2) {
    throw new LatentkitError('E_RANGE', `${where}: expected two classes at least, got ${classes.length}`);
  }
  const classOf = told.map((label) => classes.indexOf(label));
  const known = classOf.flatMap((one, i) => (one >= 0 ? [i] : []));
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
      for (const i of known) {
        score(at, data, i, logits);
        const own = logits[classOf[i]!]!;
        const [most, sum] = softmax(logits);
        value -= own - most - Math.log(sum);
        for (let k = 0; k < classes.length; k++) {
          const error = logits[k]! / sum - (k === classOf[i] ? 1 : 0);
          for (let d = 0; d < dimensions; d++)
            gradient[k * dimensions + d]! += error * data[i * dimensions + d]!;
          gradient[size + k]! += error;
        }
      }
      return value;
    },
    size + classes.length,
    { iterations, tolerance: 1e-5 },
  );

  /** Logits of vector `i`. */
  function score(at: Float64Array, from: ArrayLike<number>, i: number, out: Float64Array): void {
    for (let k = 0; k < classes.length; k++) {
      let sum = at[size + k]!;
      for (let d = 0; d < dimensions; d++) sum += at[k * dimensions + d]! * from[i * dimensions + d]!;
      out[k] = sum;
    }
  }

  return {
    classes,
    weights: point.slice(0, size),
    biases: point.slice(size),
    predict(others) {
      requireVectors('predict', others, 'vectors');
      if (others.dimensions !== dimensions) {
        throw new LatentkitError(
          'E_SHAPE',
          `predict: expected vectors of ${dimensions} numbers, got ${others.dimensions}`,
        );
      }
      return Int32Array.from({ length: others.count }, (_, i) => {
        score(point, others.data, i, logits);
        return classes[logits.indexOf(Math.max(...logits))]!;
      });
    },
  };
}

/** Puts `exp(logit - most)` in place of logits; gives the most and the sum. */
function softmax(logits: Float64Array): [most: number, sum: number] {
  const most = Math.max(...logits);
  let sum = 0;
  for (let k = 0; k < logits.length; k++) {
    logits[k] = Math.exp(logits[k]! - most);
    sum += logits[k]!;
  }
  return [most, sum];
}

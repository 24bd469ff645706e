import {
  describeShape,
  type ImageShape,
  LatentkitError,
  pixelCount,
  portableExp,
  portableLog,
} from '@latentkit/core';
import { checkValue, listRule } from '@latentkit/core/options';
import { fields, optional, word } from '@latentkit/core/schema';
import { columnWidth, type TableColumn, tableColumnsSchema, tableLayout } from '@latentkit/core/table';
import * as tf from '@tensorflow/tfjs-core';
import { bernoulliNegativeLogLikelihood } from '../bernoulli-negative-log-likelihood.ts';
import type { Likelihood } from '../likelihood.ts';
import { add } from '../ops/arithmetic.ts';
import { logSumExp, softmax } from '../ops/reduce.ts';
import { repeatRows } from '../ops/repeat-rows.ts';
import { reshape } from '../ops/reshape.ts';
import { place, select } from '../ops/select.ts';
import { withGradient } from '../ops/with-gradient.ts';
import { flattenExamples } from '../per-example.ts';
import { LEAST_LOG_SIGMA, softFloor } from '../soft-floor.ts';
import { likelihoodKind } from './likelihood-kind.ts';
import { headOf } from './of-one-mean.ts';

const LOG_SIGMA = 'likelihood.logSigma';
const HALF_LOG_TWO_PI = 0.5 * portableLog(2 * Math.PI);

/** Numbers of a row that has words: what takes the columns of a kind out is a matrix of their square. */
const MOST_NUMBERS = 4096;

/** Where the numbers of each kind of column stand in a row. */
interface Places {
  readonly numbers: readonly number[];
  readonly coins: readonly number[];
  readonly choices: readonly (readonly number[])[];
}

/**
 * A row of a table, each column by its own distribution: standardised numbers are normal, with a deviation that is learned for each
 * column; one of two values is a coin; one of several a choice by softmax.
 *
 * The deviation is `exp(s)` with `s = -6 + softplus(logSigma + 6)`, so that it does not fall below exp(-6).
 *
 * @see Rybkin, Daniilidis & Levine 2021, Simple and Effective VAE Training with Calibrated Decoders, appendix
 */
export const columns = likelihoodKind('columns', {
  fields: fields({
    type: word('columns'),
    /** What the decoder gives are means, and logits of probabilities. */
    output: word('linear', "be 'linear': what each column's numbers become is its own matter"),
    /** What the numbers of a row are; of a config, what the table says. */
    columns: optional(tableColumnsSchema),
  }),
  create(spec, shape): Likelihood {
    if (!spec.columns) {
      throw new LatentkitError(
        'E_CONFIG',
        "createLikelihood: 'columns' wants the columns of a table, and got none",
        {
          fix: 'They come with a table (--data FILE --dataset table), or as columns: [{ type, name, ... }].',
        },
      );
    }
    const { columns: table } = spec;
    const { width, starts } = tableLayout(table);
    if (shape && pixelCount(shape) !== width) throw wrongWidth(shape, width);
    const places = placesOf(table, starts);
    const { numbers } = places;
    if (numbers.length < width && width > MOST_NUMBERS) throw tooWide(width);
    return {
      spec,
      dataRange: [0, 1],
      anyData: true,
      heads: [{ name: 'output', perPixel: 1 }],
      parameterShapes: numbers.length > 0 ? { [LOG_SIGMA]: [numbers.length] } : {},
      density: numbers.length > 0 ? 'density' : 'mass',
      negativeLogLikelihood(decoded, target, parameters = {}) {
        const output = headOf(decoded, 'output');
        const rows = output.shape[0] ?? 0;
        const targets = repeatRows('negativeLogLikelihood', target, rows);
        if (output.size !== rows * width || targets.size !== output.size) {
          throw new LatentkitError(
            'E_SHAPE',
            `negativeLogLikelihood: expected rows of ${width} numbers, got [${output.shape.join(', ')}] and [${target.shape.join(', ')}]`,
          );
        }
        const [y, x] = [reshape<tf.Tensor2D>(output, [rows, width]), flattenExamples(targets)];
        const parts: tf.Tensor1D[] = [];
        if (numbers.length > 0) {
          parts.push(
            normalScore(select(y, numbers), select(x, numbers), logSigmaOf(parameters, numbers.length)),
          );
        }
        if (places.coins.length > 0) {
          parts.push(bernoulliNegativeLogLikelihood(select(y, places.coins), select(x, places.coins)));
        }
        for (const choice of places.choices) parts.push(choiceScore(select(y, choice), select(x, choice)));
        return parts.reduce((sum, part) => add<tf.Tensor1D>(sum, part));
      },
      mean: (decoded) => meanOf(headOf(decoded, 'output'), width, places),
      toData: (mean) => tf.clone(mean),
      toUnitRange: (mean) => tf.clipByValue(mean, 0, 1),
    };
  },
});

function placesOf(table: readonly TableColumn[], starts: readonly number[]): Places {
  const of = (type: TableColumn['type']) =>
    table.flatMap((column, i) => (column.type === type ? [starts[i]!] : []));
  return {
    numbers: of('gaussian'),
    coins: of('bernoulli'),
    choices: table.flatMap((column, i) =>
      column.type === 'categorical'
        ? [Array.from({ length: columnWidth(column) }, (_, j) => starts[i]! + j)]
        : [],
    ),
  };
}

function logSigmaOf(parameters: Readonly<Record<string, tf.Tensor>>, count: number): tf.Tensor {
  const logSigma = parameters[LOG_SIGMA];
  if (logSigma?.size === count) return logSigma;
  throw new LatentkitError(
    'E_USAGE',
    `negativeLogLikelihood: expected '${LOG_SIGMA}' of ${count} numbers, got ${logSigma ? logSigma.size : 'none'}`,
    {
      fix: `Pass { '${LOG_SIGMA}': tensor } as third argument.`,
    },
  );
}

/** `sum over columns of ((y - x) / sigma)^2 / 2 + log sigma + log(2 pi) / 2`: `[rows, columns]` twice, `[columns]` -> `[rows]`. */
function normalScore(y: tf.Tensor, x: tf.Tensor, logSigma: tf.Tensor): tf.Tensor1D {
  return withGradient([y, logSigma], (save) => {
    const { log, above } = softFloor(tf.reshape(logSigma, [1, logSigma.size]), LEAST_LOG_SIGMA);
    const precision = tf.exp(tf.mul(log, -2)); // [1, columns]
    const far = tf.sub(y, x);
    const distance = tf.mul(tf.square(far), precision);
    const each = tf.add(tf.add(tf.mul(distance, 0.5), log), HALF_LOG_TWO_PI);
    save([far, precision, distance, tf.sigmoid(above)]);
    return {
      value: tf.sum<tf.Tensor1D>(each, 1),
      gradient: (upstream, [far, precision, distance, slope]) => {
        const weight = tf.reshape(upstream, [upstream.size, 1]);
        const ofLog = tf.sum(tf.mul(tf.sub(1, distance!), weight), 0, true);
        return [tf.mul(tf.mul(far!, precision!), weight), tf.reshape(tf.mul(ofLog, slope!), logSigma.shape)];
      },
    };
  });
}

/** `log sum exp y - y x` of logits and a choice of 0s and a 1. */
function choiceScore(y: tf.Tensor2D, x: tf.Tensor2D): tf.Tensor1D {
  const total = logSumExp<tf.Tensor1D>(y);
  const chosen = withGradient([y], (save) => {
    save([x]);
    return {
      value: tf.neg(tf.sum<tf.Tensor1D>(tf.mul(y, x), 1)),
      gradient: (upstream, [x]) => [tf.neg(tf.mul(x!, tf.reshape(upstream, [upstream.size, 1])))],
    };
  });
  return add<tf.Tensor1D>(total, chosen);
}

/** Means of numbers, and probabilities: of the second of two values, and of each of several. */
function meanOf(output: tf.Tensor, width: number, { numbers, coins, choices }: Places): tf.Tensor {
  const y = reshape<tf.Tensor2D>(output, [output.shape[0]!, width]);
  const parts = [
    ...(numbers.length > 0 ? [place(select(y, numbers), numbers, width)] : []),
    ...(coins.length > 0 ? [place(probability(select(y, coins)), coins, width)] : []),
    ...choices.map((choice) => place(softmax<tf.Tensor2D>(select(y, choice)), choice, width)),
  ];
  return reshape(
    parts.reduce((sum, part) => add<tf.Tensor2D>(sum, part)),
    output.shape,
  );
}

function probability(logits: tf.Tensor2D): tf.Tensor2D {
  return withGradient([logits], (save) => {
    const value = tf.sigmoid(logits);
    save([value]);
    return { value, gradient: (upstream, [p]) => [tf.mul(upstream, tf.sub(p!, tf.square(p!)))] };
  });
}

function tooWide(width: number): LatentkitError {
  return new LatentkitError(
    'E_LIMIT',
    `createLikelihood: its columns are ${width} numbers a row, more than ${MOST_NUMBERS} where words are among them`,
    { fix: "Leave columns out: uses: { NAME: 'ignore' }, --columns NAME=ignore" },
  );
}

function wrongWidth(shape: ImageShape, width: number): LatentkitError {
  return new LatentkitError(
    'E_SHAPE',
    `createLikelihood: its columns are ${width} numbers a row, and the examples ${describeShape(shape)}`,
  );
}

/**
 * The deviations that a model of columns has learned, in standardised numbers: `exp(-6 + softplus(logSigma + 6))`.
 *
 * @param logSigma its parameter `likelihood.logSigma`.
 * @throws `E_USAGE` for what are no numbers.
 * @example
 * columnDeviations(run.weights['likelihood.logSigma'].data); // one of each column of numbers
 */
export function columnDeviations(logSigma: ArrayLike<number>): Float64Array {
  checkValue('columnDeviations', 'logSigma', logSigma, listRule);
  return Float64Array.from(logSigma, (log) => {
    const above = log - LEAST_LOG_SIGMA;
    const softplus = Math.max(above, 0) + portableLog(1 + portableExp(-Math.abs(above)));
    return portableExp(LEAST_LOG_SIGMA + softplus);
  });
}

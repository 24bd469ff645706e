import { LatentkitError } from '@latentkit/core';
import { anything, checkOptions } from '@latentkit/core/options';
import * as tf from '@tensorflow/tfjs-core';
import { checkTensors } from './check-tensors.ts';
import { checkLevels, LEVELS, nearestLevel } from './levels.ts';
import { withGradient } from './ops/with-gradient.ts';

export interface CategoricalOptions {
  /** Numbers that a pixel can be; 256 by default. */
  levels?: number;
}

/**
 * Negative log probability of pixels that are a choice among levels, by softmax: nothing is said of which levels are near each other.
 *
 * `sum over pixels of log sum exp l - l[level]`; the gradient is `softmax(l) - one(level)`. Targets count as the nearest level; they are data,
 * and no gradient flows to them.
 *
 * @param logits `[batch, ..., channels * levels]`, the levels of a number one after the other.
 * @param target `[batch, ..., channels]`, in [0, 1].
 * @returns nats per example, `[batch]`.
 * @throws `E_SHAPE` unless there are so many logits a pixel; `E_RANGE` for a number of levels that is none.
 * @example
 * const logits = tf.tensor2d([[0, Math.log(3)]]);
 * categoricalNegativeLogLikelihood(logits, tf.tensor2d([[1]]), { levels: 2 }).dataSync(); // [0.288]: log 4/3
 * @see van den Oord, Kalchbrenner & Kavukcuoglu 2016, Pixel Recurrent Neural Networks, section 2.3
 */
export function categoricalNegativeLogLikelihood(
  logits: tf.Tensor,
  target: tf.Tensor,
  options: CategoricalOptions = {},
): tf.Tensor1D {
  const where = 'categoricalNegativeLogLikelihood';
  checkTensors(where, { logits, target });
  checkOptions(where, options, { levels: anything });
  const { levels = LEVELS } = options;
  checkLevels(where, 'levels', levels);
  const [batch = 0] = target.shape;
  if (target.rank < 2 || logits.shape[0] !== batch || logits.size !== target.size * levels) {
    const [got, of] = [logits, target].map(({ shape }) => `[${shape.join(', ')}]`);
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: logits and target must be [batch, ..., channels * ${levels}] and [batch, ..., channels], got ${got} and ${of}`,
    );
  }
  const pixels = target.size / batch;
  return withGradient([logits], (save) => {
    const l = tf.reshape(logits, [batch * pixels, levels]);
    const level = nearestLevel(tf.reshape(target, [batch * pixels, 1]), levels);
    const chosen = tf.relu(tf.sub(1, tf.abs(tf.sub(level, tf.tensor1d(levelsUpTo(levels)))))); // one-hot
    const above = tf.sub(l, tf.max(l, 1, true));
    const powers = tf.exp(above);
    const total = tf.sum(powers, 1, true);
    const each = tf.sub(tf.log(total), tf.sum(tf.mul(above, chosen), 1, true));
    save([powers, total, chosen]);
    return {
      value: tf.sum<tf.Tensor1D>(tf.reshape(each, [batch, pixels]), 1),
      gradient: (upstream, [powers, total, chosen]) => {
        const perLevel = tf.sub(tf.div(powers!, total!), chosen!);
        const weight = tf.reshape(upstream, [batch, 1]);
        return [tf.reshape(tf.mul(tf.reshape(perLevel, [batch, pixels * levels]), weight), logits.shape)];
      },
    };
  });
}

/**
 * Mean level of each number, from 0 to 1: `[batch, ..., channels * levels] -> [batch, ..., channels]`. It has a gradient.
 *
 * @example
 * categoricalMean(tf.tensor2d([[0, Math.log(3)]]), 2).dataSync(); // [0.75]
 */
export function categoricalMean(logits: tf.Tensor, levels: number): tf.Tensor {
  checkTensors('categoricalMean', { logits });
  checkLevels('categoricalMean', 'levels', levels);
  const numbers = logits.size / levels;
  const shape = logits.shape.with(-1, logits.shape.at(-1)! / levels);
  return withGradient([logits], (save) => {
    const values = tf.tensor1d(levelsUpTo(levels).map((level) => level / (levels - 1)));
    const shares = tf.softmax(tf.reshape(logits, [numbers, levels]));
    const mean = tf.sum(tf.mul(shares, values), 1, true);
    save([shares, values, mean]);
    return {
      value: tf.reshape(mean, shape),
      gradient: (upstream, [shares, values, mean]) => {
        const slopes = tf.mul(shares!, tf.sub(values!, mean!));
        return [tf.reshape(tf.mul(slopes, tf.reshape(upstream, [numbers, 1])), logits.shape)];
      },
    };
  });
}

const levelsUpTo = (levels: number) => Float32Array.from({ length: levels }, (_, level) => level);

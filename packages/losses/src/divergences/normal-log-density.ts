import { LatentkitError, portableLog } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { checkGaussian, checkTensors } from '../check-tensors.ts';
import { withGradient } from '../ops/with-gradient.ts';
import type { Gaussian } from './gaussian.ts';

const LOG_TWO_PI = portableLog(2 * Math.PI);

/**
 * Log density of points under normal distributions, summed over the last axis; under N(0, 1) without `q`.
 *
 * `-1/2 sum over dimensions of log(2 pi) + logVar + (z - mean)^2 / exp(logVar)`. Its gradients are `-(z - mean) / var` for
 * z, the negative of it for the mean, and `((z - mean)^2 / var - 1) / 2` for logVar.
 *
 * @param z `[batch, latent]`, or `[batch, samples, latent]`: several points an example.
 * @param q mean and logVar `[batch, latent]`.
 * @returns nats, `[batch]` or `[batch, samples]`.
 * @throws `E_SHAPE` where the shapes do not fit.
 * @example
 * normalLogDensity(tf.tensor2d([[0, 0]])).dataSync(); // [-1.838]: -log(2 pi)
 * @see Bishop 2006, Pattern Recognition and Machine Learning, equation 2.43
 */
export function normalLogDensity(z: tf.Tensor, q?: Gaussian): tf.Tensor {
  checkTensors('normalLogDensity', { z });
  if (q !== undefined) checkGaussian('normalLogDensity', 'q', q);
  const size = z.shape.at(-1)!;
  if (q === undefined) {
    return withGradient([z], (save) => {
      save([z]);
      const halves = tf.mul(tf.sum(tf.square(z), z.rank - 1), -0.5);
      return {
        value: tf.sub(halves, (size * LOG_TWO_PI) / 2),
        gradient: (upstream, [z]) => [tf.neg(tf.mul(z!, asLastAxis(upstream)))],
      };
    });
  }
  const rowShape = rowShapeOf(z, q);
  return withGradient([z, q.mean, q.logVar], (save) => {
    const logVar = tf.reshape(q.logVar, rowShape);
    const difference = tf.sub(z, tf.reshape(q.mean, rowShape));
    const scaled = tf.mul(difference, tf.exp(tf.neg(logVar))); // (z - mean) / var
    const squares = tf.mul(difference, scaled); // (z - mean)^2 / var
    save([scaled, squares]);
    const halves = tf.mul(tf.sum(tf.add(squares, logVar), z.rank - 1), -0.5);
    return {
      value: tf.sub(halves, (size * LOG_TWO_PI) / 2),
      gradient: (upstream, [scaled, squares]) => {
        const column = asLastAxis(upstream);
        const ofMean = tf.mul(scaled!, column);
        const ofLogVar = tf.mul(tf.sub(squares!, 1), tf.mul(column, 0.5));
        const overSamples = (x: tf.Tensor) => (z.rank === 3 ? tf.sum(x, 1) : x);
        return [tf.neg(ofMean), overSamples(ofMean), overSamples(ofLogVar)];
      },
    };
  });
}

function asLastAxis(perPoint: tf.Tensor): tf.Tensor {
  return tf.reshape(perPoint, [...perPoint.shape, 1]);
}

/** The shape under which mean and logVar repeat along z's samples. */
function rowShapeOf(z: tf.Tensor, { mean, logVar }: Gaussian): number[] {
  const [batch, size] = [z.shape[0]!, z.shape.at(-1)!];
  const fits = [mean, logVar].every(({ shape }) => String(shape) === String([batch, size]));
  if (fits && (z.rank === 2 || z.rank === 3)) return z.rank === 2 ? [batch, size] : [batch, 1, size];
  const shapes = [z, mean, logVar].map(({ shape }) => `[${shape.join(', ')}]`).join(', ');
  throw new LatentkitError(
    'E_SHAPE',
    `normalLogDensity: expected z [batch, latent] or [batch, samples, latent], mean and logVar [batch, latent], got ${shapes}`,
  );
}

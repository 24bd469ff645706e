import { LatentkitError } from '@latentkit/core';
import { checkBy, fields, named, optional, positive, type SpecOf, word } from '@latentkit/core/schema';
import * as tf from '@tensorflow/tfjs-core';
import { checkTensors } from '../check-tensors.ts';
import { withGradient } from '../ops/with-gradient.ts';

const kernelSchema = named(
  'type',
  ['gaussian', 'inverseMultiquadratic'],
  [
    fields({ type: word('gaussian'), scale: optional(positive()) }),
    fields({ type: word('inverseMultiquadratic'), scale: optional(positive()) }),
  ],
);

/** How alike two codes are at squared distance `d`: `exp(-d / scale)`, or `scale / (scale + d)`. `scale` is 2 latent by default. */
export type MmdKernel = SpecOf<typeof kernelSchema>;

/**
 * Maximum mean discrepancy of codes from samples of the prior, squared: 0 where both are the same.
 *
 * `mean k(z, z') + mean k(p, p') - 2 mean k(z, p)` over all pairs, each with itself too, so that it is never negative but for
 * rounding. The prior's samples are data: the gradient flows to z alone.
 *
 * @param z `[codes, latent]`.
 * @param prior `[samples, latent]`.
 * @returns a scalar.
 * @throws `E_SHAPE` where the shapes do not fit; `E_CONFIG` for another kernel.
 * @example
 * mmd(tf.tensor2d([[0]]), tf.tensor2d([[0]])).dataSync(); // [0]
 * @see Zhao, Song & Ermon 2019, InfoVAE, section 3.2; Tolstikhin et al. 2018, Wasserstein Auto-Encoders, section 4
 */
export function mmd(z: tf.Tensor2D, prior: tf.Tensor2D, kernel: MmdKernel = { type: 'gaussian' }): tf.Scalar {
  checkBy(kernelSchema, kernel, 'mmd');
  checkTensors('mmd', { z, prior });
  const [codes, latent] = z.shape;
  const [samples] = prior.shape;
  if (z.rank !== 2 || prior.rank !== 2 || prior.shape[1] !== latent) {
    const shapes = [z, prior].map(({ shape }) => `[${shape.join(', ')}]`).join(' and ');
    throw new LatentkitError('E_SHAPE', `mmd: expected [codes, latent] and [samples, latent], got ${shapes}`);
  }
  const { type, scale = 2 * latent } = kernel;
  const likeness = type === 'gaussian' ? gaussianOf(scale) : inverseMultiquadraticOf(scale);
  return withGradient([z], (save) => {
    const own = likeness(squaredDistances(z, z));
    const cross = likeness(squaredDistances(z, prior));
    const priors = likeness(squaredDistances(prior, prior));
    save([z, prior, own.slope, cross.slope]);
    const means = tf.add(
      tf.mul(tf.sum(own.value), 1 / codes ** 2),
      tf.mul(tf.sum(priors.value), 1 / samples ** 2),
    );
    return {
      value: tf.sub<tf.Scalar>(means, tf.mul(tf.sum(cross.value), 2 / (codes * samples))),
      gradient: (upstream, [z, prior, own, cross]) => {
        const ofOwn = tf.mul(pulls(own!, z!, z!), 4 / codes ** 2);
        const ofCross = tf.mul(pulls(cross!, z!, prior!), 4 / (codes * samples));
        return [tf.mul(tf.sub(ofOwn, ofCross), upstream)];
      },
    };
  });
}

/** A kernel of squared distances, and its slope in them. */
type Likeness = (distances: tf.Tensor) => { value: tf.Tensor; slope: tf.Tensor };

function gaussianOf(scale: number): Likeness {
  return (distances) => {
    const value = tf.exp(tf.mul(distances, -1 / scale));
    return { value, slope: tf.mul(value, -1 / scale) };
  };
}

function inverseMultiquadraticOf(scale: number): Likeness {
  return (distances) => {
    const value = tf.div(scale, tf.add(distances, scale));
    return { value, slope: tf.mul(tf.square(value), -1 / scale) };
  };
}

/** `[rows of a, rows of b]`, by a product: `|a|^2 + |b|^2 - 2 a b`. */
function squaredDistances(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor {
  const squaresOf = (x: tf.Tensor2D, shape: [number, number]) => tf.reshape(tf.sum(tf.square(x), 1), shape);
  const squares = tf.add(squaresOf(a, [a.shape[0], 1]), squaresOf(b, [1, b.shape[0]]));
  // Rounding may leave a little below zero.
  return tf.relu(tf.sub(squares, tf.mul(tf.matMul(a, b, false, true), 2)));
}

/** `sum_j slope_ij (a_i - b_j)`. */
function pulls(slope: tf.Tensor, a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const total = tf.reshape(tf.sum(slope, 1), [a.shape[0]!, 1]);
  return tf.sub(tf.mul(a, total), tf.matMul(slope as tf.Tensor2D, b as tf.Tensor2D));
}

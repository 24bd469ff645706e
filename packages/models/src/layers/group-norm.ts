import { withGradient } from '@latentkit/losses/ops';
import * as tf from '@tensorflow/tfjs-core';
import { activate, activationGradient } from './activation.ts';
import type { LayerKind } from './layer-kind.ts';
import { parameterOf } from './parameter-of.ts';

/** Against the root of zero. */
const EPSILON = 1e-5;

/**
 * Group normalisation: `y = activation(gain (x - mean) / sqrt(variance + 1e-5) + bias)`, mean and variance over all positions and the
 * channels of a group; x and y `[batch, height, width, channels]`, gain and bias `[channels]`.
 *
 * Nothing is shared by examples, so a batch of any size gives an image the same numbers, in training and after it. The mean of a group
 * is a product with a constant matrix, and so is the spreading of it: `sums A` with `A[i, j]` one over the group's numbers where
 * channels `i` and `j` are of one group, 0 elsewhere.
 *
 * @see Wu & He: "Group normalization" (2018), equations 1 and 7
 */
export const groupNorm: LayerKind = {
  type: 'groupNorm',
  describe: ({ groups }) => `group normalisation of ${groups} groups`,
  apply(x, { name, outputShape, groups = 1, activation }, { parameters }) {
    const [gain, bias] = ['gain', 'bias'].map((one) => parameterOf(parameters, `${name}.${one}`));
    const [batch, channels] = [x.shape[0]!, outputShape.at(-1)!];
    const positions = x.size / batch / channels;
    const meanOf = (sums: tf.Tensor) =>
      tf.matMul(sums as tf.Tensor2D, averaging(channels, groups, positions));
    const asMap = (one: tf.Tensor) => tf.reshape(one, [batch, positions, channels]);
    const everywhere = (perChannel: tf.Tensor) => tf.reshape(perChannel, [batch, 1, channels]);
    return withGradient([x, gain!, bias!], (save) => {
      const map = asMap(x);
      const centred = tf.sub(map, everywhere(meanOf(tf.sum(map, 1))));
      const variance = meanOf(tf.sum(tf.square(centred), 1)); // [batch, channels]
      const inverse = tf.reciprocal(tf.sqrt(tf.add(variance, EPSILON)));
      const scaled = tf.mul(centred, everywhere(tf.mul(inverse, gain!)));
      const value = activate(tf.reshape(tf.add(scaled, bias!), x.shape), activation);
      save([centred, inverse, gain!, value]);
      return {
        value,
        gradient: (dy, [centred, inverse, gain, y]) => {
          const dz = asMap(activationGradient(dy, y!, activation));
          const ofBias = tf.sum(dz, 1); // [batch, channels], as all sums over positions
          const ofGain = tf.mul(tf.sum(tf.mul(dz, centred!), 1), inverse!);
          // What a channel's number does to the mean and to the deviation of its group.
          const ofMean = tf.mul(meanOf(tf.mul(ofBias, gain!)), inverse!);
          const ofDeviation = tf.mul(meanOf(tf.mul(ofGain, gain!)), tf.square(inverse!));
          const own = tf.mul(dz, everywhere(tf.mul(inverse!, gain!)));
          const others = tf.add(tf.mul(centred!, everywhere(ofDeviation)), everywhere(ofMean));
          return [tf.reshape(tf.sub(own, others), x.shape), tf.sum(ofGain, 0), tf.sum(ofBias, 0)];
        },
      };
    });
  },
};

/** `[channels, channels]`: from sums over positions to the means of their groups. */
function averaging(channels: number, groups: number, positions: number): tf.Tensor2D {
  const size = channels / groups;
  const share = 1 / (size * positions);
  const matrix = new Float32Array(channels * channels);
  for (let i = 0; i < channels; i++) {
    const first = Math.floor(i / size) * size;
    matrix.fill(share, i * channels + first, i * channels + first + size);
  }
  return tf.tensor2d(matrix, [channels, channels]);
}

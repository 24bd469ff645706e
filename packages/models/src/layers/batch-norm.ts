import { withGradient } from '@latentkit/losses/ops';
import * as tf from '@tensorflow/tfjs-core';
import { activate, activationGradient } from './activation.ts';
import type { LayerKind } from './layer-kind.ts';
import { parameterOf } from './parameter-of.ts';

/** Against the root of zero. */
const EPSILON = 1e-5;
/** How much of its past each moving average keeps, a step. */
const DECAY = 0.9;

/**
 * Batch normalisation: `y = activation(gain (x - mean) / sqrt(variance + 1e-5) + bias)`; x and y `[batch, height, width, channels]`, gain
 * and bias `[channels]`.
 *
 * In training mean and variance are those of each channel over all positions of all examples, and their moving averages are told:
 * `m <- 0.9 m + 0.1 mean`, and the same of the variance, whose sum of squares is divided by one number fewer than there are. Everywhere
 * else they are the averages, so that an image's numbers do not depend on what it is shown with.
 *
 * Sums go over the positions of each example first: those are shared out by examples, and what is left to be added up is small.
 *
 * @see Ioffe & Szegedy: "Batch normalization" (2015), algorithms 1 and 2; decay and epsilon are PyTorch's
 */
export const batchNorm: LayerKind = {
  type: 'batchNorm',
  describe: () => 'batch normalisation',
  apply(x, { name, outputShape, activation }, { parameters, emit }) {
    const [gain, bias, keptMean, keptVariance] = ['gain', 'bias', 'mean', 'variance'].map((one) =>
      parameterOf(parameters, `${name}.${one}`),
    );
    const [batch, channels] = [x.shape[0]!, outputShape.at(-1)!];
    const rows = x.size / channels;
    const asMap = (one: tf.Tensor) => tf.reshape(one, [batch, rows / batch, channels]);
    const sumOf = (map: tf.Tensor) => tf.sum(tf.sum(map, 1), 0); // [channels]
    const tell = (which: string, kept: tf.Tensor, next: tf.Tensor) =>
      emit?.(`${name}.${which}`, tf.add(tf.mul(kept, DECAY), tf.mul(next, 1 - DECAY)));
    return withGradient([x, gain!, bias!], (save) => {
      const map = asMap(x);
      const mean = emit ? tf.mul(sumOf(map), 1 / rows) : keptMean!;
      const centred = tf.sub(map, mean);
      const squares = emit && sumOf(tf.square(centred));
      const variance = squares ? tf.mul(squares, 1 / rows) : keptVariance!;
      tell('mean', keptMean!, mean);
      if (squares) tell('variance', keptVariance!, tf.mul(squares, 1 / Math.max(1, rows - 1)));
      const inverse = tf.reciprocal(tf.sqrt(tf.add(variance, EPSILON)));
      const scaled = tf.mul(centred, tf.mul(inverse, gain!));
      const value = activate(tf.reshape(tf.add(scaled, bias!), x.shape), activation);
      save([centred, inverse, gain!, value]);
      return {
        value,
        gradient: (dy, [centred, inverse, gain, y]) => {
          const dz = asMap(activationGradient(dy, y!, activation));
          const ofBias = sumOf(dz);
          const ofGain = tf.mul(sumOf(tf.mul(dz, centred!)), inverse!);
          const scale = tf.mul(inverse!, gain!);
          const own = tf.mul(dz, scale);
          const gradients = (map: tf.Tensor) => [tf.reshape(map, x.shape), ofGain, ofBias];
          if (!emit) return gradients(own);
          // What a channel's number does to the mean and to the deviation of its channel.
          const ofMean = tf.mul(tf.mul(ofBias, scale), 1 / rows);
          const ofDeviation = tf.mul(tf.mul(tf.mul(ofGain, scale), inverse!), 1 / rows);
          return gradients(tf.sub(own, tf.add(tf.mul(centred!, ofDeviation), ofMean)));
        },
      };
    });
  },
};

import { LatentkitError } from '@latentkit/core';
import type { Tensors } from '@latentkit/losses';
import * as tf from '@tensorflow/tfjs-core';
import type { PassContext } from '../pass.ts';
import type { Condition } from '../passed-model.ts';

/** The images of a pass, `[batch, height, width, channels]`. */
export function imagesOf(inputs: Tensors): tf.Tensor4D {
  return inputOf(inputs, 'x') as tf.Tensor4D;
}

/** What `encode` and `decode` are told in a pass: its condition, and who hears new state in training. */
export function toldOf(context: PassContext): Condition & { labels?: tf.Tensor2D } {
  const { labels } = context.inputs;
  return { ...trainingOf(context), ...(labels && { labels: labels as tf.Tensor2D }) };
}

/** Who hears new state, in training. */
export function trainingOf({ training, emit }: PassContext): Pick<Condition, 'emit'> {
  return training ? { emit } : {};
}

/**
 * A latent's noise: `[batch, size]` for one sample, `[batch, samples, size]` for several.
 *
 * @throws `E_SHAPE` for other numbers of it.
 */
export function noiseOf(
  inputs: Tensors,
  name: string,
  [batch, samples, size]: readonly [number, number, number],
): tf.Tensor2D | tf.Tensor3D {
  const noise = inputOf(inputs, `noise.${name}`);
  const shape: tf.Tensor3D['shape'] | tf.Tensor2D['shape'] =
    samples === 1 ? [batch, size] : [batch, samples, size];
  if (noise.size !== batch * samples * size || noise.shape[0] !== batch) {
    throw new LatentkitError(
      'E_SHAPE',
      `pass: expected noise.${name} to be [${shape.join(', ')}], got [${noise.shape.join(', ')}]`,
    );
  }
  return (noise.rank === shape.length ? noise : tf.reshape(noise, shape)) as tf.Tensor2D | tf.Tensor3D;
}

function inputOf(inputs: Tensors, name: string): tf.Tensor {
  const input = inputs[name];
  if (input) return input;
  const got = Object.keys(inputs).join(', ') || 'none';
  throw new LatentkitError('E_USAGE', `pass: expected the input '${name}', got ${got}`);
}

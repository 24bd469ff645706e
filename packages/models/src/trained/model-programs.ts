import { softmax } from '@latentkit/losses/ops';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Model } from '../model.ts';
import type { Call } from './call.ts';

/** What a trained model computes of a batch. */
export function modelPrograms(model: Model): Record<'encode' | 'decode' | 'classify', Call['program']> {
  const { likelihood } = model;
  const encode: Call['program'] = {
    key: 'encode',
    trace({ parameters, inputs: { x, labels } }) {
      const { mean, logVar, chosen } = model.encode(parameters, x as Tensor4D, told(labels));
      const codes = chosen && { codes: indicesOf(chosen, mean.shape[0]) };
      return { outputs: { mean, ...(logVar && { logVar }), ...codes }, guards: [] };
    },
  };
  const decode: Call['program'] = {
    key: 'decode',
    trace({ parameters, inputs: { code, labels } }) {
      const decoded = model.decode(parameters, code as Tensor2D, told(labels));
      return { outputs: { images: likelihood.toData(likelihood.mean(decoded)) }, guards: [] };
    },
  };

  const classify: Call['program'] = {
    key: 'classify',
    trace: ({ parameters, inputs: { x } }) => ({
      outputs: { classes: softmax(model.classify!(parameters, x as Tensor4D)) },
      guards: [],
    }),
  };

  return { encode, decode, classify };
}

const told = (labels: Tensor | undefined) => (labels ? { labels: labels as Tensor2D } : {});

/** Where each row's one is, `[batch, vectors]`: a product, as no kernel that can be recorded tells places. */
function indicesOf(chosen: Tensor2D, batch: number): Tensor2D {
  const [rows, size] = chosen.shape;
  const places = tf.tensor2d(
    Float32Array.from({ length: size }, (_, code) => code),
    [size, 1],
  );
  return tf.reshape(tf.matMul(chosen, places), [batch, rows / batch]);
}

import type * as tfjs from '@tensorflow/tfjs-core';

type Tf = typeof tfjs;

/** Numbers that are no palindrome, so that a transpose shows. */
const counting = (tf: Tf, shape: number[]): tfjs.Tensor<tfjs.Rank.R2> =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => i + 1),
    shape as [number, number],
  );

/** What tfjs 4.22.0's WASM backend gets wrong, each as a computation on the current backend. */
export const TFJS_DEFECTS: Readonly<Record<string, (tf: Tf) => tfjs.Tensor>> = {
  'fused matMul with a transposed left side and a bias': (tf) =>
    tf.fused.matMul({
      a: counting(tf, [3, 2]),
      b: counting(tf, [3, 4]),
      transposeA: true,
      bias: tf.tensor1d([100, 200, 300, 400]),
    }),
  'fused matMul with a transposed right side and a bias': (tf) =>
    tf.fused.matMul({
      a: counting(tf, [2, 3]),
      b: counting(tf, [4, 3]),
      transposeB: true,
      bias: tf.tensor1d([100, 200, 300, 400]),
    }),
  'fused matMul of a batch with a bias': (tf) =>
    tf.fused.matMul({
      a: counting(tf, [2, 2, 3]),
      b: counting(tf, [2, 3, 4]),
      bias: tf.tensor1d([100, 200, 300, 400]),
    }),
  'gradient of max pooling of negative numbers': (tf) => {
    const input = tf.tensor4d([-4, -3, -2, -1], [1, 2, 2, 1]);
    const output = tf.maxPool(input, 2, 2, 'valid');
    const attributes = { filterSize: 2, strides: 2, pad: 'valid' };
    return tf
      .engine()
      .runKernel(tf.MaxPoolGrad, { dy: tf.tensor4d([10], [1, 1, 1, 1]), input, output }, attributes);
  },
  'one tensor as the right side of two products, in two shapes': (tf) => {
    const b = counting(tf, [6, 2]);
    tf.matMul(counting(tf, [1, 6]), b);
    return tf.matMul(counting(tf, [1, 2]), tf.reshape(b, [2, 6]));
  },
};

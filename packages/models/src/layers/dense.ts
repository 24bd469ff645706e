import * as tf from '@tensorflow/tfjs-core';
import { FUSED, finishFused, LEAKY_SLOPE } from './activation.ts';
import type { LayerKind } from './layer-kind.ts';
import { runProduct } from './layer-product.ts';

/** `[batch, rest]`: a dense layer reads an example's numbers whatever their shape. */
function asRows(x: tf.Tensor): tf.Tensor2D {
  return tf.reshape(x, [x.shape[0]!, -1]);
}

/** A matrix as a batch of one. */
function asBatch(matrix: tf.Tensor): tf.Tensor3D {
  return tf.reshape(matrix, [1, matrix.shape[0]!, matrix.shape[1]!]);
}

/** `y = activation(x kernel + bias)`; x `[batch, ...]`, kernel `[in, out]`, bias `[out]`, y `[batch, ...outputShape]`. */
export const dense: LayerKind = {
  type: 'dense',
  describe: () => 'dense',
  apply: (x, plan, context) =>
    runProduct(
      {
        forward: (input, k, b, activation) => {
          // As tf.fused.matMul hands them over: tfjs's own WASM kernel wants batches of matrices.
          const inputs = { a: asBatch(asRows(input)), b: asBatch(k), bias: b };
          const attributes = { activation: FUSED[activation], leakyreluAlpha: LEAKY_SLOPE };
          const product: tf.Tensor = tf
            .engine()
            .runKernel(tf._FusedMatMul, inputs, { transposeA: false, transposeB: false, ...attributes });
          return tf.reshape(finishFused(product, activation), [input.shape[0]!, ...plan.outputShape]);
        },
        inputGradient: (dz, k, xShape) =>
          tf.reshape(tf.matMul(asRows(dz), k as tf.Tensor2D, false, true), xShape),
        kernelGradient: (input, dz) => tf.matMul(asRows(input), asRows(dz), true, false),
      },
      x,
      plan,
      context,
    ),
};

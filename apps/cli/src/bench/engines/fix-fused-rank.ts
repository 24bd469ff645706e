import * as tf from '@tensorflow/tfjs-core';

/**
 * Lets tfjs's own fused product take matrices: its WASM kernel reads three dimensions whatever it is given, which
 * `tf.fused.matMul` knows and our dense layer, which calls the kernel itself, does not. The kernel stays tfjs's.
 */
export function fixFusedRank(): void {
  const stock = tf.getKernel(tf._FusedMatMul, 'wasm');
  tf.unregisterKernel(tf._FusedMatMul, 'wasm');
  tf.registerKernel({
    ...stock,
    kernelFunc({ inputs, ...rest }) {
      const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
      if (a.shape.length > 2 || b.shape.length > 2) return stock.kernelFunc({ inputs, ...rest });
      const lifted = { ...inputs, a: withBatch(a), b: withBatch(b) };
      const product = stock.kernelFunc({ inputs: lifted, ...rest }) as tf.TensorInfo;
      return { ...product, shape: product.shape.slice(1) };
    },
  });
}

function withBatch({ dataId, dtype, shape }: tf.TensorInfo): tf.TensorInfo {
  return { dataId, dtype, shape: [1, ...shape] };
}

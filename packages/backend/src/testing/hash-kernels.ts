import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';

/** A hash of what every kernel of ours computes from fixed numbers. */
export function hashKernels(): string {
  const numbers = <Rank extends tf.Rank>(shape: tf.ShapeMap[Rank]): tf.Tensor<Rank> =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => ((i * 7919) % 1009) / 1009 - 0.4),
      shape,
    );
  const hash = createHash('sha256');
  tf.tidy(() => {
    const [x, filter] = [numbers<tf.Rank.R4>([3, 9, 7, 3]), numbers<tf.Rank.R4>([3, 3, 3, 5])];
    const conv = { strides: 2, pad: 'same', dataFormat: 'NHWC', dilations: 1 } as const;
    const y = tf.conv2d(x, filter, 2, 'same');
    const run = tf.engine().runKernel.bind(tf.engine());
    const pool = { filterSize: 2, strides: 2, pad: 'same' } as const;
    const results = [
      tf.matMul(numbers<tf.Rank.R2>([37, 61]), numbers<tf.Rank.R2>([29, 61]), false, true),
      tf.fused.matMul({
        a: numbers<tf.Rank.R2>([61, 37]),
        b: numbers<tf.Rank.R2>([61, 29]),
        bias: numbers<tf.Rank.R1>([29]),
        transposeA: true,
        activation: 'elu',
      }),
      y,
      tf.fused.conv2d({
        x,
        filter,
        strides: 2,
        pad: 'same',
        bias: numbers<tf.Rank.R1>([5]),
        activation: 'relu',
      }),
      run(tf.Conv2DBackpropInput, { dy: y, filter }, { ...conv, inputShape: x.shape }),
      run(tf.Conv2DBackpropFilter, { x, dy: y }, { ...conv, filterShape: filter.shape }),
      run(tf.MaxPoolGrad, { dy: tf.maxPool(x, 2, 2, 'same'), input: x, output: x }, pool),
    ] as tf.Tensor[];
    for (const result of results) hash.update(result.dataSync());
  });
  return hash.digest('hex');
}

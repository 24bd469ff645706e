import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Each example `rows / batch` times in a row, `[batch, ...] -> [rows, ...]`; the tensor itself where they are equal. Data:
 * no gradient flows.
 *
 * @throws `E_SHAPE` where rows is no multiple of the batch.
 */
export function repeatRows(where: string, data: tf.Tensor, rows: number): tf.Tensor {
  const [batch = 0, ...example] = data.shape;
  if (rows === batch) return data;
  const times = rows / batch;
  if (!Number.isInteger(times) || times === 0) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected as many rows as examples, or a multiple of them, got ${rows} rows for ${batch} examples`,
    );
  }
  const repeated = tf.mul(tf.reshape(data, [batch, 1, -1]), tf.ones([1, times, 1]));
  return tf.reshape(repeated, [rows, ...example]);
}

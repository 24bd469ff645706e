import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './with-gradient.ts';

/**
 * Some columns of a matrix, in the order asked for: `[rows, columns] -> [rows, chosen]`.
 *
 * A product with a constant matrix of zeros and ones, which is exact for finite numbers and runs wherever products do.
 *
 * @throws `E_SHAPE` for a tensor that is no matrix; `E_RANGE` for a column that it does not have.
 * @example
 * select(tf.tensor2d([[1, 2, 3]]), [2, 0]).dataSync(); // [3, 1]
 */
export function select(x: tf.Tensor, columns: readonly number[]): tf.Tensor2D {
  if (x.rank !== 2) {
    throw new LatentkitError('E_SHAPE', `select: expected [rows, columns], got [${x.shape.join(', ')}]`);
  }
  const width = x.shape[1]!;
  const places = new Float32Array(width * columns.length);
  for (const [i, column] of columns.entries()) {
    if (!Number.isInteger(column) || column < 0 || column >= width) {
      throw new LatentkitError('E_RANGE', `select: expected columns from 0 to ${width - 1}, got ${column}`);
    }
    places[column * columns.length + i] = 1;
  }
  return withGradient([x], (save) => {
    const chosen = tf.tensor2d(places, [width, columns.length]);
    save([chosen]);
    return {
      value: tf.matMul(x as tf.Tensor2D, chosen),
      gradient: (upstream, [chosen]) => [
        tf.matMul(upstream as tf.Tensor2D, chosen as tf.Tensor2D, false, true),
      ],
    };
  });
}

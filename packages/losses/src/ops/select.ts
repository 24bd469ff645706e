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
  if (areAll(columns, x.shape[1]!)) return x as tf.Tensor2D;
  return product(x, placesOf('select', columns, x.shape[1]!), false);
}

/**
 * The columns of a matrix at other places of a wider one that is zero elsewhere, what {@link select} takes out again:
 * `[rows, columns] -> [rows, width]`.
 *
 * @throws `E_RANGE` for a place that there is not.
 * @example
 * place(tf.tensor2d([[5, 6]]), [2, 0], 3).dataSync(); // [6, 0, 5]
 */
export function place(x: tf.Tensor2D, columns: readonly number[], width: number): tf.Tensor2D {
  if (areAll(columns, width)) return x;
  return product(x, placesOf('place', columns, width), true);
}

/** Columns that change nothing; of thousands the matrix would be larger than memory. */
const areAll = (columns: readonly number[], width: number): boolean =>
  columns.length === width && columns.every((column, i) => column === i);

/** `[width, columns]`, a one where a column comes from. */
function placesOf(where: string, columns: readonly number[], width: number): [Float32Array, number, number] {
  const places = new Float32Array(width * columns.length);
  for (const [i, column] of columns.entries()) {
    if (!Number.isInteger(column) || column < 0 || column >= width) {
      throw new LatentkitError('E_RANGE', `${where}: expected columns from 0 to ${width - 1}, got ${column}`);
    }
    places[column * columns.length + i] = 1;
  }
  return [places, width, columns.length];
}

function product(
  x: tf.Tensor,
  [places, width, columns]: [Float32Array, number, number],
  isTurned: boolean,
): tf.Tensor2D {
  return withGradient([x], (save) => {
    const constant = tf.tensor2d(places, [width, columns]);
    save([constant]);
    return {
      value: tf.matMul(x as tf.Tensor2D, constant, false, isTurned),
      gradient: (upstream, [constant]) => [
        tf.matMul(upstream as tf.Tensor2D, constant as tf.Tensor2D, false, !isTurned),
      ],
    };
  });
}

import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose } from './expect-close.ts';
import { expectGradientsClose } from './expect-gradients-close.ts';
import { lossPoint, oracleAt, tensorsAt } from './loss-point.ts';
import type { LossRow } from './loss-row.ts';

// Batches of one, ragged pixel counts, and images.
const shapes = [
  [1, 1],
  [1, 3],
  [3, 5],
  [2, 17],
  [4, 3, 2],
  [2, 4, 4, 1],
];

/**
 * The contract of a loss term: one value per example, equal to its formula, with a gradient equal to the formula's
 * finite differences, finite at extremes, clean in memory, and clear about shapes that do not fit.
 *
 * Import a tfjs backend beside it; no gradients need to be registered.
 */
export function describeLoss(name: string, row: LossRow): void {
  const { relative = 1e-5, where = name } = row;
  const differentiable = row.arguments.flatMap((argument, i) =>
    argument.differentiable === false ? [] : [i],
  );

  /** The differentiable arguments' gradients under the given upstream gradient, others held still. */
  function gradientsOf(tensors: tf.Tensor[], upstream: tf.Tensor): tf.Tensor[] {
    const evaluate = (...varied: tf.Tensor[]) => {
      const all = tensors.slice();
      for (const [k, i] of differentiable.entries()) all[i] = varied[k]!;
      return row.evaluate(...all);
    };
    return tf.grads(evaluate)(
      differentiable.map((i) => tensors[i]!),
      upstream,
    );
  }

  describe(name, () => {
    beforeAll(() => tf.ready());

    it.each(shapes.map((shape) => [shape]))("has one value per example, the formula's, at %j", (shape) => {
      const point = lossPoint(row, shape);
      const value = row.evaluate(...tensorsAt(point));
      expect(value.shape).toEqual([shape[0]]);
      expectClose(value.dataSync(), oracleAt(row, shape, point.arrays), { relative, what: name });
    });

    it.each(shapes.map((shape) => [shape]))('has the gradient of the finite differences at %j', (shape) => {
      const point = lossPoint(row, shape);
      // Unequal weights per example, so that a gradient that ignores its upstream shows.
      const upstream = Float32Array.from({ length: shape[0]! }, (_, example) => 0.5 + example);
      const gradients = gradientsOf(tensorsAt(point), tf.tensor1d(upstream));
      for (const [k, i] of differentiable.entries()) expect(gradients[k]!.shape).toEqual(point.shapes[i]);
      expectGradientsClose(
        gradients.map((gradient) => gradient.dataSync()),
        (varied) => {
          const arrays = point.arrays.slice();
          for (const [k, i] of differentiable.entries()) arrays[i] = varied[k]!;
          return oracleAt(row, shape, arrays).reduce((sum, value, j) => sum + value * upstream[j]!, 0);
        },
        differentiable.map((i) => point.arrays[i]!),
        { names: differentiable.map((i) => row.arguments[i]!.name) },
      );
    });

    it('is finite, and so is its gradient, at extremes', () => {
      const shape = [2, 17];
      for (const extreme of row.arguments) {
        for (const number of extreme.extremes ?? []) {
          const point = lossPoint(row, shape, (argument) => (argument === extreme ? number : undefined));
          const tensors = tensorsAt(point);
          const what = `${name} where ${extreme.name} is ${number}`;
          const value = row.evaluate(...tensors).dataSync();
          expectClose(value, oracleAt(row, shape, point.arrays), { relative, what });
          for (const gradient of gradientsOf(tensors, tf.ones([2]))) {
            expect(gradient.dataSync().every(Number.isFinite), `${what}: finite gradient`).toBe(true);
          }
        }
      }
    });

    it('leaves no tensors behind', () => {
      const tensors = tensorsAt(lossPoint(row, [3, 5]));
      const upstream = tf.ones([3]);
      const before = tf.memory().numTensors;
      row.evaluate(...tensors).dispose();
      expect(tf.memory().numTensors, 'after the value').toBe(before);
      tf.dispose(gradientsOf(tensors, upstream));
      expect(tf.memory().numTensors, 'after the gradient').toBe(before);
    });

    it('says which shapes do not fit together', () => {
      const tensors = tensorsAt(lossPoint(row, [2, 3]));
      const second = row.arguments.findIndex(({ per }, i) => i > 0 && per !== 'batch');
      tensors[second] = tf.zeros([2, 4]);
      const error = caught(() => row.evaluate(...tensors));
      expect(error).toBeInstanceOf(LatentkitError);
      expect(error).toMatchObject({ code: 'E_SHAPE' });
      expect((error as LatentkitError).message).toMatch(new RegExp(`^${where}: .*\\[2, 3\\] and \\[2, 4\\]`));
      const flat = row.arguments.map(({ per }) => (per === 'batch' ? tf.scalar(0) : tf.zeros([3])));
      expect(
        caught(() => row.evaluate(...flat)),
        'rank 1',
      ).toMatchObject({ code: 'E_SHAPE' });
    });
  });
}

function caught(f: () => unknown): unknown {
  try {
    f();
  } catch (error) {
    return error;
  }
  return undefined;
}

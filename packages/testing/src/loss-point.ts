import { createRandom, Stream, sizeOfShape } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LossArgument, LossRow } from './loss-row.ts';

/** A point at which a loss is evaluated: the same float32 numbers for the tensors and for the oracle. */
export interface LossPoint {
  readonly shapes: readonly (readonly number[])[];
  readonly arrays: readonly Float64Array[];
}

/** Draws every argument at the shape `[batch, ...]`, or gives each the number that `numberOf` answers. */
export function lossPoint(
  row: LossRow,
  shape: readonly number[],
  numberOf: (argument: LossArgument, element: number) => number | undefined = () => undefined,
): LossPoint {
  const random = createRandom({ seed: 20140510, stream: Stream.sample, index: sizeOfShape(shape) });
  const shapes = row.arguments.map(({ per }) => (per === 'batch' ? [] : shape));
  const arrays = row.arguments.map((argument, i) =>
    Float64Array.from({ length: sizeOfShape(shapes[i]!) }, (_, element) =>
      Math.fround(numberOf(argument, element) ?? argument.draw(random)),
    ),
  );
  return { shapes, arrays };
}

/** The point's arrays as tensors. */
export function tensorsAt({ shapes, arrays }: LossPoint): tf.Tensor[] {
  return arrays.map((array, i) => tf.tensor(Float32Array.from(array), [...shapes[i]!]));
}

/** The oracle's value of each example. */
export function oracleAt(row: LossRow, shape: readonly number[], arrays: readonly Float64Array[]): number[] {
  const batch = shape[0]!;
  return Array.from({ length: batch }, (_, example) =>
    row.oracle(
      ...arrays.map((array, i) => {
        if (row.arguments[i]!.per === 'batch') return array;
        const size = array.length / batch;
        return array.subarray(example * size, (example + 1) * size);
      }),
    ),
  );
}

import { LatentkitError, type NdArray, sizeOfShape } from '@latentkit/core';
import type { NumberArray } from './number-array.ts';

/** Refuses to encode an array whose shape and data disagree. */
export function checkArray(where: string, { shape, data }: NdArray<NumberArray>): void {
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new LatentkitError(
        'E_SHAPE',
        `${where}: sizes must be whole numbers >= 0, got [${shape.join(', ')}]`,
      );
    }
  }
  if (sizeOfShape(shape) !== data.length) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: the shape [${shape.join(', ')}] needs ${sizeOfShape(shape)} numbers, got ${data.length}`,
    );
  }
}

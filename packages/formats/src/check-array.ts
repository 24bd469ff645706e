import { LatentkitError, type NdArray, sizeOfShape } from '@latentkit/core';
import { type ElementType, type EncodableArray, elementTypeOf } from './number-array.ts';

/** Refuses to encode what is no array, or one whose shape and data disagree; gives the type of its numbers. */
export function checkArray(where: string, array: NdArray<EncodableArray>): ElementType {
  const { shape, data } = Object(array) as NdArray<EncodableArray>;
  const type = elementTypeOf(where, data);
  if (!Array.isArray(shape)) {
    throw new LatentkitError(
      'E_USAGE',
      `${where}: expected { shape, data } with a list of sizes, got ${typeof shape}`,
    );
  }
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
  return type;
}

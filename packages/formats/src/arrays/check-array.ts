import { LatentkitError, type NdArray, sizeOfShape } from '@latentkit/core';
import { type ElementType, type EncodableArray, elementTypeOf } from './number-array.ts';

/** The items of an object by name; `E_USAGE` for what is none. */
export function entriesOf<Item>(where: string, items: Readonly<Record<string, Item>>): [string, Item][] {
  const kind = Object.prototype.toString.call(items).slice(8, -1);
  if (kind === 'Object') return Object.entries(items);
  throw new LatentkitError('E_USAGE', `${where}: expected an object, an item a name, got ${kind}`);
}

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

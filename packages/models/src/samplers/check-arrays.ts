import { findNotFinite, LatentkitError, type NamedArrays, sizeOfShape } from '@latentkit/core';

/** Throws `E_FORMAT` unless a sampler's arrays have these shapes, none of them empty, and finite numbers. */
export function checkArrays(
  where: string,
  arrays: NamedArrays,
  shapes: Readonly<Record<string, readonly number[]>>,
): void {
  for (const [name, shape] of Object.entries(shapes)) {
    const array = arrays[name];
    const expected = `${where}: expected '${name}' of [${shape.join(', ')}], one number at least`;
    if (!array || String(array.shape) !== String(shape) || sizeOfShape(shape) === 0) {
      const got = array ? `[${array.shape.join(', ')}]` : 'none';
      throw new LatentkitError('E_FORMAT', `${expected}, got ${got}`);
    }
    const at = findNotFinite(array.data);
    if (at >= 0) {
      throw new LatentkitError('E_FORMAT', `${where}: '${name}' holds ${array.data[at]} at index ${at}`);
    }
  }
}

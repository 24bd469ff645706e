import { LatentkitError } from '@latentkit/core';
import { checkValue, having, type OptionRule } from '@latentkit/core/options';
import type { SavedProjection } from './projection.ts';

const savedRule: OptionRule = {
  ...having('a saved projection', {}, 'projection.save() gives one'),
  code: 'E_FORMAT',
};

/** Throws `E_FORMAT` for what cannot be a saved projection, whichever its method. */
export function requireSaved(saved: SavedProjection, where: string): void {
  checkValue(where, 'it', saved, savedRule);
}

/**
 * A copy of one of a saved projection's arrays.
 *
 * @param where for the message.
 * @throws `E_FORMAT` unless it has this type, this many numbers, and none that is not finite.
 */
export function savedNumbers<Numbers extends Float32Array | Float64Array | Int32Array>(
  { arrays }: SavedProjection,
  name: string,
  type: new (numbers: ArrayLike<number>) => Numbers,
  length: number,
  where: string,
): Numbers {
  const data: ArrayLike<number> | undefined = arrays?.[name]?.data;
  if (!(data instanceof type) || data.length !== length || !data.every(Number.isFinite)) {
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: expected ${length} finite numbers in a ${type.name} as '${name}', got ${data?.length ?? 'none'}`,
    );
  }
  return new type(data);
}

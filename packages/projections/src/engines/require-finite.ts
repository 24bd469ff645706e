import { LatentkitError } from '@latentkit/core';

/** Throws `E_NOT_FINITE` when an engine's map has run away. */
export function requireFinite(map: Float32Array, engine: string): Float32Array {
  if (map.every(Number.isFinite)) return map;
  throw new LatentkitError('E_NOT_FINITE', `${engine}: its map has numbers that are not finite`, {
    fix: 'Lower the learning rate, or scale the points',
  });
}

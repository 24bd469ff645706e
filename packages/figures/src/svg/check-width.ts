import { LatentkitError } from '@latentkit/core';

const LEAST = 240;

/**
 * Refuses figures too narrow for their margins.
 *
 * @throws `E_RANGE` when `width` is not a finite number of at least 240 CSS pixels.
 * @example
 * checkWidth('drawSamples', 640);
 */
export function checkWidth(where: string, width: number): void {
  if (!(width >= LEAST && Number.isFinite(width))) {
    throw new LatentkitError(
      'E_RANGE',
      `${where}: expected a width >= ${LEAST} CSS pixels, got ${String(width)}`,
    );
  }
}

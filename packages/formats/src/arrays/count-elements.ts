import { LatentkitError } from '@latentkit/core';
import { MAX_DIMENSIONS } from '../limits.ts';

/** Numbers in an array of a shape that a file claims, checked against the limit before anybody allocates them. */
export function countElements(where: string, shape: readonly number[], maxElements: number): number {
  if (shape.length > MAX_DIMENSIONS) {
    throw new LatentkitError(
      'E_LIMIT',
      `${where}: expected at most ${MAX_DIMENSIONS} dimensions, got ${shape.length}`,
    );
  }
  let count = 1;
  let reach = 1; // the product without zeros: [2^60, 0] is no shape to carry on with
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new LatentkitError(
        'E_FORMAT',
        `${where}: sizes must be whole numbers >= 0, got [${shape.join(', ')}]`,
      );
    }
    count *= size;
    reach *= Math.max(size, 1);
    if (reach > maxElements) {
      throw new LatentkitError(
        'E_LIMIT',
        `${where}: expected at most ${maxElements} numbers, got the shape [${shape.join(', ')}]`,
        { fix: 'A program that trusts the file may raise maxElements' },
      );
    }
  }
  return count;
}

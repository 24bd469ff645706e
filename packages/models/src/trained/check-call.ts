import { findNotFinite, LatentkitError } from '@latentkit/core';

const MOST_NUMBERS = 2 ** 30; // of all images together, as floats: 4 GiB

/** Throws for more images than memory holds, before any is taken. */
export function checkSize(where: string, count: number, size: number): void {
  if (count * size <= MOST_NUMBERS) return;
  throw new LatentkitError(
    'E_LIMIT',
    `${where}: ${count} images are ${count * size} numbers, of at most 2^30 in a call`,
    { fix: 'Ask for fewer at once' },
  );
}

/** Throws unless codes are finite numbers in a typed array. */
export function requireCodes(latent: Float32Array): Float32Array {
  if (!(latent instanceof Float32Array)) {
    const got = Object(latent).constructor?.name ?? typeof latent;
    throw new LatentkitError('E_USAGE', `decode: expected codes as a Float32Array, got ${got}`, {
      fix: 'Float32Array.from(codes) makes one',
    });
  }
  const at = findNotFinite(latent);
  if (at < 0) return latent;
  throw new LatentkitError('E_NOT_FINITE', `decode: the codes hold ${latent[at]} at index ${at}`);
}

/** How many there are of so many numbers each; throws unless they are whole. */
export function countRows(where: string, { length }: ArrayLike<number>, size: number, what: string): number {
  if (length > 0 && length % size === 0) return length / size;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: expected whole ${what} of ${size} number${size === 1 ? '' : 's'} each, one at least, got ${length} numbers`,
  );
}

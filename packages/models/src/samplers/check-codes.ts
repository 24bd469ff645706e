import { findNotFinite, LatentkitError } from '@latentkit/core';

/** How many codes there are. Throws `E_USAGE`, `E_SHAPE` or `E_NOT_FINITE` where they are none. */
export function checkCodes(where: string, codes: Float32Array, latentDim: number): number {
  if (!(codes instanceof Float32Array)) {
    const got = Object(codes).constructor?.name ?? typeof codes;
    throw new LatentkitError('E_USAGE', `${where}: expected codes as a Float32Array, got ${got}`, {
      fix: 'encode(images).mean is one',
    });
  }
  const count = codes.length / latentDim;
  if (count < 1 || !Number.isInteger(count)) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected whole codes of ${latentDim} numbers, one at least, got ${codes.length} numbers`,
    );
  }
  const at = findNotFinite(codes);
  if (at < 0) return count;
  throw new LatentkitError('E_NOT_FINITE', `${where}: the codes hold ${codes[at]} at index ${at}`);
}

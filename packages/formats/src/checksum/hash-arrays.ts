import { LatentkitError, type NamedArrays, shorten } from '@latentkit/core';
import { checkValue, having, objectRule } from '@latentkit/core/options';
import { digestSha256 } from './digest-sha256.ts';

const arrayRule = having('an array, { shape, data }', { data: 'object' });

/**
 * The fingerprint of weights: SHA-256, as hexadecimal digits, of names and little-endian float32 bytes, of each array and of
 * all in their order. The same run has the same one in Node, in a page and for any number of workers.
 *
 * @throws `E_NOT_FINITE` for NaN or infinities; `E_USAGE` for what are no arrays.
 * @example
 * const { hash } = await hashArrays(end.weights); // '3f9a...', 64 digits
 */
export async function hashArrays(
  arrays: NamedArrays,
): Promise<{ hash: string; parameters: Record<string, string> }> {
  checkValue('hashArrays', 'arrays', arrays, objectRule);
  const parameters: Record<string, string> = {};
  const parts: Uint8Array[] = [];
  for (const [name, array] of Object.entries(arrays)) {
    checkValue('hashArrays', `arrays.${shorten(name)}`, array, arrayRule);
    const { data } = array;
    // The bits of a NaN are open: two of them may differ where nothing is wrong.
    if (!data.every(Number.isFinite)) {
      throw new LatentkitError(
        'E_NOT_FINITE',
        `hashArrays: '${shorten(name)}' holds numbers that are not finite`,
      );
    }
    const label = new TextEncoder().encode(name);
    const part = new Uint8Array(label.length + 4 * data.length);
    part.set(label);
    const view = new DataView(part.buffer, label.length);
    data.forEach((value, i) => {
      view.setFloat32(4 * i, value, true);
    });
    parameters[name] = await digestSha256(part);
    parts.push(part);
  }
  return { hash: await digestSha256(...parts), parameters };
}

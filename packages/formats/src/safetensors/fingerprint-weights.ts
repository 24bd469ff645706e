import type { NamedArrays } from '@latentkit/core';
import { digestSha256 } from '../checksum/digest-sha256.ts';
import { encodeSafetensors } from './encode-safetensors.ts';

/**
 * The fingerprint of weights: the SHA-256, in lower-case hexadecimal, of the `model.safetensors` that they are saved as. The same
 * run has the same one in Node and in a page, for any number of threads, and `sha256sum` of its file tells it too.
 *
 * @throws what {@link encodeSafetensors} throws for what are no weights.
 * @example
 * await fingerprintWeights(end.weights); // 'd7804d34...', 64 digits
 */
export function fingerprintWeights(weights: NamedArrays): Promise<string> {
  return digestSha256(encodeSafetensors(weights));
}

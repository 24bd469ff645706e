import { LatentkitError } from '@latentkit/core';

const MAX_DEPTH = 3; // the header, a tensor, its shape
const KEYS_OF_A_TENSOR = 4; // its name, dtype, shape, data_offsets
const MAX_METADATA = 100_000; // an honest file has some tens
const [QUOTE, BACKSLASH, COLON, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\:[]{}'].map((c) =>
  c.charCodeAt(0),
);

/**
 * Refuses a safetensors header of more keys or levels than an honest one has, before anybody makes objects of it.
 * Whether it is JSON at all is not looked at.
 */
export function checkHeaderSize(json: Uint8Array, maxTensors: number): void {
  const maxKeys = maxTensors * KEYS_OF_A_TENSOR + MAX_METADATA;
  let depth = 0;
  let keys = 0;
  let tensors = 0;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (byte === QUOTE) {
      for (i++; i < json.length && json[i] !== QUOTE; i++) if (json[i] === BACKSLASH) i++;
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (++depth > MAX_DEPTH) {
        throw new LatentkitError(
          'E_FORMAT',
          `parseSafetensors: expected a header of at most ${MAX_DEPTH} levels, got more at byte ${8 + i}`,
        );
      }
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
    else if (byte === COLON) {
      keys++;
      if (depth === 1) tensors++;
      if (
        tensors > maxTensors + 1 || // and __metadata__
        keys > maxKeys
      ) {
        throw new LatentkitError(
          'E_LIMIT',
          `parseSafetensors: expected at most ${maxTensors} tensors and ${maxKeys} keys, got more by byte ${8 + i} of the header`,
          { fix: 'Raise maxTensors if you trust the file.' },
        );
      }
    }
  }
}

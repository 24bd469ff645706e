import { LatentkitError } from '@latentkit/core';
import { scanJson } from './scan-json.ts';

const MAX_DEPTH = 3; // the header, a tensor, its shape
const KEYS_OF_A_TENSOR = 4; // its name, dtype, shape, data_offsets
const MAX_METADATA = 100_000; // an honest file has some tens

/** Refuses a safetensors header of more keys or levels than an honest one has, before anybody makes objects of it. */
export function checkHeaderSize(json: Uint8Array, maxTensors: number): void {
  const maxKeys = maxTensors * KEYS_OF_A_TENSOR + MAX_METADATA;
  let keys = 0;
  let tensors = 0;
  scanJson(json, {
    open(depth, offset) {
      if (depth <= MAX_DEPTH) return;
      throw new LatentkitError(
        'E_FORMAT',
        `parseSafetensors: expected a header of at most ${MAX_DEPTH} levels, got more at byte ${8 + offset}`,
      );
    },
    key(depth, offset) {
      keys++;
      if (depth === 1) tensors++;
      // One more than the tensors: __metadata__.
      if (tensors <= maxTensors + 1 && keys <= maxKeys) return;
      throw new LatentkitError(
        'E_LIMIT',
        `parseSafetensors: expected at most ${maxTensors} tensors and ${maxKeys} keys, got more by byte ${8 + offset} of the header`,
        { fix: 'Raise maxTensors if you trust the file.' },
      );
    },
  });
}

import { LatentkitError } from '@latentkit/core';
import { MAX_DIMENSIONS } from '../limits.ts';
import { scanJson } from '../text/scan-json.ts';

const MAX_DEPTH = 3; // the header, a tensor, its shape
const KEYS_OF_A_TENSOR = 4; // its name, dtype, shape, data_offsets
const NUMBERS_OF_A_TENSOR = MAX_DIMENSIONS + 2; // its shape and data_offsets
const MAX_METADATA = 100_000; // an honest file has some tens

/** Refuses a safetensors header of more keys, numbers or levels than an honest one has, before anybody makes objects of it. */
export function checkHeaderSize(json: Uint8Array, maxTensors: number): void {
  const maxKeys = maxTensors * KEYS_OF_A_TENSOR + MAX_METADATA;
  const maxNumbers = maxTensors * NUMBERS_OF_A_TENSOR;
  let keys = 0;
  let numbers = 0;
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
      refuse(`${maxTensors} tensors and ${maxKeys} keys`, offset);
    },
    comma(depth, offset) {
      if (depth === MAX_DEPTH && ++numbers > maxNumbers) {
        refuse(`${maxNumbers} numbers of shapes and data_offsets`, offset);
      }
    },
  });
}

function refuse(most: string, offset: number): never {
  throw new LatentkitError(
    'E_LIMIT',
    `parseSafetensors: expected at most ${most}, got more by byte ${8 + offset} of the header`,
    { fix: 'A program that trusts the file may raise maxTensors' },
  );
}

import { LatentkitError, type NamedArrays } from '@latentkit/core';
import { encodeSafetensors, parseSafetensors } from '@latentkit/formats';
import type { Checkpoint, TrainingProgress } from '@latentkit/trainers';

const PARTS = ['weights', 'slots', 'bestWeights'] as const;

/** A checkpoint as one safetensors file, so that it is whole or not at all: arrays as `<part>/<name>`, progress as metadata. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const arrays = Object.fromEntries(
    PARTS.flatMap((part) =>
      Object.entries(checkpoint[part]).map(([name, array]) => [`${part}/${name}`, array]),
    ),
  );
  return encodeSafetensors(arrays, { progress: JSON.stringify(checkpoint.progress) });
}

/**
 * What {@link encodeCheckpoint} wrote, byte for byte.
 *
 * @throws `E_FORMAT` for bytes that are no checkpoint.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = parseSafetensors(bytes);
  if (metadata.progress === undefined) {
    throw new LatentkitError(
      'E_FORMAT',
      'decodeCheckpoint: this safetensors file holds no progress of a training run',
    );
  }
  const parts = Object.fromEntries(PARTS.map((part) => [part, {}])) as Record<
    (typeof PARTS)[number],
    NamedArrays
  >;
  for (const [key, { shape, data }] of Object.entries(tensors)) {
    const slash = key.indexOf('/');
    const part = key.slice(0, slash) as (typeof PARTS)[number];
    if (!PARTS.includes(part) || !(data instanceof Float32Array)) {
      throw new LatentkitError('E_FORMAT', `decodeCheckpoint: '${key}' is not a part of a checkpoint`);
    }
    parts[part] = { ...parts[part], [key.slice(slash + 1)]: { shape, data } };
  }
  return { progress: JSON.parse(metadata.progress) as TrainingProgress, ...parts };
}

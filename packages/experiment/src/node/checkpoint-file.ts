import { LatentkitError, type NamedArrays, type NdArray } from '@latentkit/core';
import { encodeSafetensors } from '@latentkit/formats';
import type { Checkpoint, TrainingProgress } from '@latentkit/trainers';
import * as v from 'valibot';
import { parseArrays } from './parse-arrays.ts';

const PARTS = ['weights', 'slots', 'bestWeights'] as const;

/**
 * A checkpoint as one safetensors file, so that it is whole or not at all: arrays as `<part>/<name>`, progress as JSON in
 * the metadata. Best weights that are the last ones are left out.
 *
 * @example
 * await writeFile('checkpoint.safetensors', encodeCheckpoint(event.checkpoint));
 */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { progress, weights, bestWeights } = checkpoint;
  const parts = PARTS.filter((part) => part !== 'bestWeights' || bestWeights !== weights);
  const arrays = Object.fromEntries(
    parts.flatMap((part) =>
      Object.entries(checkpoint[part]).map(([name, array]) => [`${part}/${name}`, array]),
    ),
  );
  return encodeSafetensors(arrays, { progress: JSON.stringify(progress) });
}

/**
 * What {@link encodeCheckpoint} wrote, bit for bit.
 *
 * @param where what to call the bytes in an error: a file's name.
 * @throws `E_FORMAT` for bytes that are no checkpoint, or part of one.
 */
export function decodeCheckpoint(bytes: Uint8Array, where = 'decodeCheckpoint'): Checkpoint {
  const { arrays, metadata } = parseArrays(bytes, where);
  const progress = parseProgress(metadata.progress, where);
  const parts: Record<(typeof PARTS)[number], Record<string, NdArray>> = {
    weights: {},
    slots: {},
    bestWeights: {},
  };
  for (const [key, array] of Object.entries(arrays)) {
    const slash = key.indexOf('/');
    const part = PARTS.find((name) => name === key.slice(0, slash));
    if (!part) throw new LatentkitError('E_FORMAT', `${where}: '${key}' is not a part of a checkpoint`);
    parts[part][key.slice(slash + 1)] = array;
  }
  const { weights, slots, bestWeights } = parts;
  if (isEmpty(weights)) throw new LatentkitError('E_FORMAT', `${where}: this file holds no weights`);
  return { progress, weights, slots, bestWeights: isEmpty(bestWeights) ? weights : bestWeights };
}

/** What tells a run's progress from other JSON; the rest is the trainer's, which wrote it. */
const progressSchema = v.looseObject({
  seed: v.number(),
  step: v.number(),
  epoch: v.number(),
  batch: v.number(),
  history: v.array(v.looseObject({ epoch: v.number() })),
});

function parseProgress(text: string | undefined, where: string): TrainingProgress {
  try {
    const progress: unknown = JSON.parse(text ?? '');
    v.assert(progressSchema, progress);
    return progress as unknown as TrainingProgress;
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', `${where}: this file does not say how far a training run was`, {
      fix: 'Name a checkpoint.safetensors that a run wrote',
      cause,
    });
  }
}

function isEmpty(arrays: NamedArrays): boolean {
  return Object.keys(arrays).length === 0;
}

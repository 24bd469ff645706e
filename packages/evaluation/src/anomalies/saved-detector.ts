import { LatentkitError, type NamedArrays } from '@latentkit/core';
import {
  anyNumber,
  checkBy,
  fields,
  oneOf,
  optional,
  type SpecOf,
  textLike,
  whole,
} from '@latentkit/core/schema';
import { digestSha256 } from '@latentkit/formats';
import { ANOMALY_SCORES, type AnomalyScore } from './anomaly-scores.ts';

/** A threshold, and what it was found by. */
export interface FittedThreshold {
  /** Scores above it are anomalies. */
  readonly threshold: number;
  readonly falseAlarms: number;
  /** Clean examples. */
  readonly examples: number;
}

/** What `fit` found, with what some scores keep of clean examples. */
export interface DetectorFit extends FittedThreshold {
  readonly learned?: Float32Array;
}

const schema = fields({
  version: whole(1, 1),
  score: oneOf(ANOMALY_SCORES.map(({ name }) => name)),
  samples: whole(1),
  neighbors: whole(1),
  seed: optional(whole(0)),
  threshold: anyNumber({ finite: true }),
  falseAlarms: anyNumber({ finite: true }),
  examples: whole(1),
  /** SHA-256 of the weights it was fitted with. */
  weights: textLike(/^[0-9a-f]{64}$/, 'be 64 digits of a SHA-256'),
  /** Of clean examples, what the score keeps: float32, little-endian, in base64. */
  learned: optional(textLike(/^[A-Za-z0-9+/]*={0,2}$/, 'be base64')),
});

/** A fitted detector as JSON holds it. */
export type SavedDetector = SpecOf<typeof schema>;

export interface DetectorSettings {
  score: AnomalyScore;
  samples: number;
  neighbors: number;
  seed?: number;
}

export async function saveDetector(
  settings: DetectorSettings,
  { threshold, falseAlarms, examples, learned }: DetectorFit,
  weights: NamedArrays,
): Promise<SavedDetector> {
  return {
    version: 1,
    ...settings,
    ...{ threshold, falseAlarms, examples, weights: await digestOf(weights) },
    ...(learned && { learned: toBase64(learned) }),
  };
}

/**
 * A saved detector, every field checked.
 *
 * @throws `E_FORMAT` naming the first field that does not fit; `E_USAGE` for one of other weights.
 */
export async function readSavedDetector(
  value: unknown,
  weights: NamedArrays,
): Promise<{ settings: DetectorSettings; fit: DetectorFit }> {
  const saved = checkBy(schema, value, 'loadAnomalyDetector', 'E_FORMAT');
  if (saved.weights !== (await digestOf(weights))) {
    throw new LatentkitError('E_USAGE', 'loadAnomalyDetector: the detector was fitted with other weights', {
      fix: 'Load it with its own model, or fit a new one',
    });
  }
  const { score, samples, neighbors, seed, threshold, falseAlarms, examples, learned } = saved;
  return {
    settings: { score, samples, neighbors, ...(seed !== undefined && { seed }) },
    fit: { threshold, falseAlarms, examples, ...(learned !== undefined && { learned: fromBase64(learned) }) },
  };
}

/** Names, shapes and numbers, by name. */
async function digestOf(weights: NamedArrays): Promise<string> {
  const parts = Object.entries(weights)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { shape, data }]) => [
      `${name} ${shape.join('x')}`,
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    ]);
  return digestSha256(...parts);
}

const CHUNK = 0x8000;

function toBase64(values: Float32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let text = '';
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(text);
}

function fromBase64(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

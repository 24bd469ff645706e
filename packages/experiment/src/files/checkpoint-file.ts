import { LatentkitError, type NamedArrays, type NdArray } from '@latentkit/core';
import { checkBy } from '@latentkit/core/schema';
import { digestSha256, encodeSafetensors, parseJson } from '@latentkit/formats';
import { type Checkpoint, checkProgress, type MetricsRow, metricsRowSchema } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { parseConfig } from '../parse-config.ts';
import { type DataFingerprint, parseFingerprint } from './data-fingerprint.ts';
import { numbersToJson, readNumbers } from './json-numbers.ts';
import { parseArrays } from './parse-arrays.ts';

const PARTS = ['weights', 'slots', 'bestWeights', 'averaged'] as const;

/** What a checkpoint says of the run that it was taken in. */
export interface CheckpointOrigin {
  readonly config?: ExperimentConfig;
  /** The data of the run: its `data.json` may be lost, or another one's be put in its place. */
  readonly data?: DataFingerprint;
}

/**
 * A checkpoint as one safetensors file, so that it is whole or not at all: arrays as `<part>/<name>`, progress as JSON in
 * the metadata. Best weights that are the last ones are left out; so are the epochs' rows, which `metrics.jsonl` has, lest
 * a checkpoint cost more with every epoch. It has the SHA-256 of both: a bit that flipped on a disk, or rows of another run,
 * would go on to other weights, and nobody would know.
 *
 * @param origin where it was taken: {@link originOfCheckpoint} reads it.
 * @example
 * await writeFile('checkpoint.safetensors', await encodeCheckpoint(event.checkpoint));
 */
export async function encodeCheckpoint(
  checkpoint: Checkpoint,
  { config, data }: CheckpointOrigin = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { weights, bestWeights } = checkpoint;
  const { history, ...rest } = checkpoint.progress;
  const progress = numbersToJson(rest);
  const parts = PARTS.filter((part) => part !== 'bestWeights' || bestWeights !== weights);
  const arrays = Object.fromEntries(
    parts.flatMap((part) =>
      Object.entries(checkpoint[part] ?? {}).map(([name, array]) => [`${part}/${name}`, array]),
    ),
  );
  const [digest, historyDigest] = await Promise.all([digestOf(arrays, progress), digestOfRows(history)]);
  return encodeSafetensors(arrays, {
    ...{ version: '2', progress, digest, historyDigest },
    ...(config && { config: JSON.stringify(config) }),
    ...(data && { data: JSON.stringify(data) }),
  });
}

export interface DecodeCheckpointOptions {
  /** What to call the bytes in an error: a file's name. */
  where?: string;
  /** The run's `metrics.jsonl`. Checkpoints of version 1 have its rows themselves. */
  metrics?: { text: string; where: string };
}

function digestOf(arrays: NamedArrays, progress: string): Promise<string> {
  const parts = Object.keys(arrays)
    .sort()
    .flatMap((name) => {
      const { shape, data } = arrays[name]!;
      return [JSON.stringify([name, shape]), new Uint8Array(data.buffer, data.byteOffset, data.byteLength)];
    });
  return digestSha256(progress, ...parts);
}

function digestOfRows(history: readonly MetricsRow[]): Promise<string> {
  return digestSha256(numbersToJson(history));
}

/**
 * What {@link encodeCheckpoint} wrote, bit for bit.
 *
 * @throws `E_FORMAT` for bytes that are no checkpoint, part of one, or changed, and for metrics that it was not taken with; `E_NOT_FINITE` for NaN and infinities in it.
 */
export async function decodeCheckpoint(
  bytes: Uint8Array,
  {
    where = 'decodeCheckpoint',
    metrics = { text: '', where: 'metrics.jsonl' },
  }: DecodeCheckpointOptions = {},
): Promise<Checkpoint> {
  const { arrays, metadata } = parseArrays(bytes, where);
  const progress = readProgress(metadata, where, metrics);
  await checkDigests({ arrays, metadata, history: progress.history }, where, metrics.where);
  const parts: Record<(typeof PARTS)[number], [name: string, array: NdArray][]> = {
    weights: [],
    slots: [],
    bestWeights: [],
    averaged: [],
  };
  for (const [key, array] of Object.entries(arrays)) {
    const slash = key.indexOf('/');
    const part = PARTS.find((name) => name === key.slice(0, slash));
    if (!part) throw new LatentkitError('E_FORMAT', `${where}: '${key}' is not a part of a checkpoint`);
    parts[part].push([key.slice(slash + 1), array]);
  }
  const weights: NamedArrays = Object.fromEntries(parts.weights);
  if (parts.weights.length === 0) {
    throw new LatentkitError('E_FORMAT', `${where}: this file holds no weights`);
  }
  const bestWeights = parts.bestWeights.length === 0 ? weights : Object.fromEntries(parts.bestWeights);
  return {
    ...{ progress, weights, slots: Object.fromEntries(parts.slots), bestWeights },
    ...(parts.averaged.length > 0 && { averaged: Object.fromEntries(parts.averaged) }),
  };
}

/**
 * What a checkpoint says of the run that it was taken in: the version of its rules, and its config and data, which those of
 * older Latentkits do not know.
 *
 * @throws `E_FORMAT`, `E_CONFIG` for bytes that are no checkpoint, or a damaged one.
 */
export function originOfCheckpoint(bytes: Uint8Array, where: string): CheckpointOrigin & { version: number } {
  const { version = '1', config, data } = parseArrays(bytes, where).metadata;
  return {
    version: Number(version),
    ...(config !== undefined && { config: parseConfig(parseJson(config, where), `${where}: config`) }),
    ...(data !== undefined && { data: parseFingerprint(parseJson(data, where), `${where}: data`) }),
  };
}

/** Those of older Latentkits know none. */
async function checkDigests(
  {
    arrays,
    metadata,
    history,
  }: {
    arrays: NamedArrays;
    metadata: Readonly<Record<string, string>>;
    history: readonly MetricsRow[];
  },
  where: string,
  whereMetrics: string,
): Promise<void> {
  const { digest, historyDigest, progress = '' } = metadata;
  if (digest !== undefined && digest !== (await digestOf(arrays, progress))) {
    throw new LatentkitError('E_FORMAT', `${where}: its content is not what was written: it is damaged`, {
      fix: 'Copy it anew from where it is whole, or train anew',
    });
  }
  if (historyDigest !== undefined && historyDigest !== (await digestOfRows(history))) {
    const rows = history.length === 1 ? 'row is' : `${history.length} rows are`;
    throw new LatentkitError(
      'E_FORMAT',
      `${whereMetrics}: its first ${rows} not what the checkpoint was taken with: edited, or of another run`,
      { fix: 'Put the file back as it was' },
    );
  }
}

function readProgress(
  metadata: Readonly<Record<string, string>>,
  where: string,
  metrics: { text: string; where: string },
) {
  let value: unknown;
  try {
    value = parseJson(metadata.progress ?? '', 'progress');
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', `${where}: this file does not say how far a training run was`, {
      fix: 'Name a checkpoint.safetensors that a run wrote',
      cause,
    });
  }
  if (metadata.version === undefined || typeof value !== 'object' || value === null) {
    return checkProgress(value, where);
  }
  if (metadata.version !== '2') {
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: this is a checkpoint of version ${metadata.version}; a newer Latentkit may know it`,
    );
  }
  const { epoch, sums } = value as { epoch?: unknown; sums?: unknown };
  const rows = typeof epoch === 'number' ? parseHistory(metrics.text, epoch, metrics.where) : [];
  return checkProgress({ ...value, sums: readNumbers(sums), history: rows }, where);
}

/** The first `count` rows of a `metrics.jsonl`; throws `E_FORMAT` where there are lines that are not rows of epochs. */
export function parseHistory(lines: string, count: number, where: string): MetricsRow[] {
  return lines
    .split('\n', count)
    .filter((line) => line !== '')
    .map((line, i) => {
      try {
        const row = readNumbers(parseJson(line, where));
        checkBy(metricsRowSchema, row, where);
        return row as MetricsRow;
      } catch (cause) {
        throw new LatentkitError('E_FORMAT', `${where}: line ${i + 1} is no row of an epoch`, {
          fix: 'The file is damaged: get it anew',
          cause,
        });
      }
    });
}

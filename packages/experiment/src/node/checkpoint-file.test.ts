import { startWasmBackend } from '@latentkit/backend';
import { encodeSafetensors } from '@latentkit/formats';
import { createModel } from '@latentkit/models';
import { type Checkpoint, type TrainingEvent, train } from '@latentkit/trainers';
import { beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../testing/collect.ts';
import { tinyConfig, tinyDataset, tinySpec } from '../testing/tiny-run.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-file.ts';

let checkpoints: Checkpoint[];
let events: TrainingEvent[];
// The weight of the KL rises, and the validation loss with it: the first epoch stays the best.
const beta = { type: 'linear', from: 0, to: 1000, epochs: 2 } as const;
const training = { ...tinyConfig().training, epochs: 3, beta };

beforeAll(async () => {
  await startWasmBackend();
  events = await collect(train({ model: createModel(tinySpec()), dataset: tinyDataset(), ...training }));
  checkpoints = events.flatMap((event) => (event.type === 'checkpoint' ? [event.checkpoint] : []));
});

describe('a checkpoint', () => {
  it('comes back bit for bit: weights, slots, best weights, progress and history', () => {
    expect(checkpoints).toHaveLength(3);
    const last = checkpoints.at(-1)!;
    expect(last.progress.history).toHaveLength(3);
    expect(last.bestWeights).not.toBe(last.weights);
    expect(Object.keys(last.slots).length).toBe(2 * Object.keys(last.weights).length);
    for (const checkpoint of checkpoints) {
      const copy = decodeCheckpoint(encodeCheckpoint(checkpoint));
      expect(copy.progress).toEqual(checkpoint.progress);
      for (const part of ['weights', 'slots', 'bestWeights'] as const) {
        expect(Object.keys(copy[part]).sort()).toEqual(Object.keys(checkpoint[part]).sort());
        for (const [name, { shape, data }] of Object.entries(checkpoint[part])) {
          expect(copy[part][name]!.shape, name).toEqual(shape);
          expect(Buffer.compare(bytesOf(copy[part][name]!.data), bytesOf(data)), name).toBe(0);
        }
      }
      expect(encodeCheckpoint(copy)).toEqual(encodeCheckpoint(checkpoint));
    }
  });

  it('stores best weights that are the last ones once', () => {
    const [first, , last] = checkpoints;
    expect(first!.bestWeights).toBe(first!.weights);
    const copy = decodeCheckpoint(encodeCheckpoint(first!));
    expect(copy.bestWeights).toBe(copy.weights);
    expect(encodeCheckpoint(first!).length).toBeLessThan(encodeCheckpoint(last!).length);
  });

  it('is one to go on from, to the same weights as without a break', async () => {
    const checkpoint = decodeCheckpoint(encodeCheckpoint(checkpoints[0]!));
    const rest = await collect(
      train({ model: createModel(tinySpec()), dataset: tinyDataset(), ...training, checkpoint }),
    );
    const [unbroken, resumed] = [events, rest].map((all) =>
      all.flatMap((event) => (event.type === 'checkpoint' ? [event.checkpoint] : [])).at(-1),
    );
    expect(resumed!.weights).toEqual(unbroken!.weights);
    expect(resumed!.slots).toEqual(unbroken!.slots);
  });
});

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

describe('refuses with E_FORMAT', () => {
  const array = { shape: [1], data: new Float32Array(1) };
  const progress = JSON.stringify({ seed: 1, step: 1, epoch: 1, batch: 0, history: [] });
  const foreign: [string, () => Uint8Array, string][] = [
    ['no bytes', () => new Uint8Array(), 'parseSafetensors'],
    [
      'bytes of something else',
      () => new TextEncoder().encode('{"epoch": 3, "weights": []}'),
      'parseSafetensors',
    ],
    ['a file cut off', () => encodeCheckpoint(checkpoints[0]!).subarray(0, -1), 'The file is cut off'],
    ["a model's weights", () => encodeSafetensors({ a: array }), 'does not say how far a training run was'],
    [
      'progress that is no JSON',
      () => encodeSafetensors({ 'weights/a': array }, { progress: '{' }),
      'how far',
    ],
    [
      'progress of something else',
      () => encodeSafetensors({ 'weights/a': array }, { progress: '[1]' }),
      'how far',
    ],
    [
      'an array of no part',
      () => encodeSafetensors({ 'other/a': array }, { progress }),
      "'other/a' is not a part",
    ],
    [
      'an array of no part by prototype',
      () => encodeSafetensors({ 'toString/a': array }, { progress }),
      'not a part',
    ],
    ['an array without a part', () => encodeSafetensors({ a: array }, { progress }), "'a' is not a part"],
    ['no weights', () => encodeSafetensors({ 'slots/a/m': array }, { progress }), 'holds no weights'],
    [
      'weights that are not float32',
      () => encodeSafetensors({ 'weights/a': { shape: [1], data: new Float64Array(1) } }, { progress }),
      "expected 'weights/a' to hold float32",
    ],
  ];

  it.each(foreign)('%s', (_, make, message) => {
    const call = () => decodeCheckpoint(make());
    expect(call).toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
    expect(call).toThrow(message);
  });
});

import { startWasmBackend } from '@latentkit/backend';
import { encodeSafetensors } from '@latentkit/formats';
import { createModel } from '@latentkit/models';
import { type Checkpoint, type TrainingEvent, train } from '@latentkit/trainers';
import { beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../testing/collect.ts';
import { freshProgress, tinyConfig, tinyDataset, tinySpec } from '../testing/tiny-run.ts';
import { decodeCheckpoint, encodeCheckpoint, originOfCheckpoint } from './checkpoint-file.ts';
import { fingerprintOf } from './data-fingerprint.ts';
import { numbersToJson } from './json-numbers.ts';

/** A checkpoint written and read, with its run's metrics. */
async function roundTrip(checkpoint: Checkpoint): Promise<Checkpoint> {
  return decodeCheckpoint(await encodeCheckpoint(checkpoint), { metrics: metricsOf(checkpoint) });
}

function metricsOf({ progress }: Checkpoint) {
  const text = progress.history.map((row) => `${numbersToJson(row)}\n`).join('');
  return { text, where: 'metrics.jsonl' };
}

let checkpoints: Checkpoint[];
let events: TrainingEvent[];
// None is better than the first by so much: it stays the best.
const earlyStopping = { patience: 9, minDelta: 1e9 };
const training = { ...tinyConfig().training, epochs: 3, earlyStopping };

beforeAll(async () => {
  await startWasmBackend();
  events = await collect(train({ model: createModel(tinySpec()), dataset: tinyDataset(), ...training }));
  checkpoints = events.flatMap((event) => (event.type === 'checkpoint' ? [event.checkpoint] : []));
});

describe('a checkpoint', () => {
  it('comes back bit for bit: weights, slots, best weights, progress and history', async () => {
    expect(checkpoints).toHaveLength(3);
    const last = checkpoints.at(-1)!;
    expect(last.progress.history).toHaveLength(3);
    expect(last.bestWeights).not.toBe(last.weights);
    expect(Object.keys(last.slots).length).toBe(2 * Object.keys(last.weights).length);
    for (const checkpoint of checkpoints) {
      const copy = await roundTrip(checkpoint);
      expect(copy.progress).toEqual(checkpoint.progress);
      for (const part of ['weights', 'slots', 'bestWeights'] as const) {
        expect(Object.keys(copy[part]).sort()).toEqual(Object.keys(checkpoint[part]).sort());
        for (const [name, { shape, data }] of Object.entries(checkpoint[part])) {
          expect(copy[part][name]!.shape, name).toEqual(shape);
          expect(Buffer.compare(bytesOf(copy[part][name]!.data), bytesOf(data)), name).toBe(0);
        }
      }
      expect(await encodeCheckpoint(copy)).toEqual(await encodeCheckpoint(checkpoint));
    }
  });

  it('comes back with the averaged weights and the rewinds of a run that has such', async () => {
    const { progress, weights, slots, bestWeights } = checkpoints[0]!;
    const averaged = Object.fromEntries(
      Object.entries(weights).map(([name, { shape, data }]) => [
        name,
        { shape, data: data.map((x) => x / 3) },
      ]),
    );
    const rewinds = [{ after: 0, factor: 0.3 }];
    const given = { progress: { ...progress, rewinds }, weights, slots, bestWeights, averaged };
    const copy = await roundTrip(given);
    expect(copy.averaged).toEqual(averaged);
    expect(copy.progress.rewinds).toEqual(rewinds);
    expect(await roundTrip(checkpoints[0]!)).not.toHaveProperty('averaged');
  });

  it('keeps the infinities and NaN that a term of weight 0 may be', async () => {
    const { progress, ...arrays } = checkpoints[0]!;
    const [row] = progress.history;
    const history = [{ ...row!, kl: Number.POSITIVE_INFINITY, valKl: Number.NaN }];
    const sums = { reconstruction: 1, kl: Number.NEGATIVE_INFINITY };
    const odd = { ...arrays, progress: { ...progress, sums, history } };
    expect((await roundTrip(odd)).progress).toEqual(odd.progress);
  });

  it('knows the config and the data that it was taken in, if it was told', async () => {
    const origin = { config: tinyConfig(), data: await fingerprintOf(tinyDataset()) };
    const bytes = await encodeCheckpoint(checkpoints[0]!, origin);
    expect(originOfCheckpoint(bytes, 'c')).toEqual({ version: 2, ...origin });
    expect(originOfCheckpoint(await encodeCheckpoint(checkpoints[0]!), 'c')).toEqual({ version: 2 });
  });

  it('stores best weights that are the last ones once', async () => {
    const [first, , last] = checkpoints;
    expect(first!.bestWeights).toBe(first!.weights);
    const copy = await roundTrip(first!);
    expect(copy.bestWeights).toBe(copy.weights);
    expect((await encodeCheckpoint(first!)).length).toBeLessThan((await encodeCheckpoint(last!)).length);
  });

  it('is one to go on from, to the same weights as without a break', async () => {
    const checkpoint = await roundTrip(checkpoints[0]!);
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
  const fresh = freshProgress(1);
  const progress = JSON.stringify(fresh);
  const row = { epoch: 1, loss: 2, reconstruction: 1, kl: 1, valLoss: 2, seconds: 1 };
  const one = { ...fresh, epoch: 1, step: 4, history: [row] };
  const foreign: [string, () => Uint8Array | Promise<Uint8Array>, string][] = [
    ['no bytes', () => new Uint8Array(), 'parseSafetensors'],
    [
      'bytes of something else',
      () => new TextEncoder().encode('{"epoch": 3, "weights": []}'),
      'parseSafetensors',
    ],
    [
      'a file cut off',
      async () => (await encodeCheckpoint(checkpoints[0]!)).subarray(0, -1),
      'The file is cut off',
    ],
    ["a model's weights", () => encodeSafetensors({ a: array }), 'does not say how far a training run was'],
    [
      'progress that is no JSON',
      () => encodeSafetensors({ 'weights/a': array }, { progress: '{' }),
      'how far',
    ],
    [
      'progress of something else',
      () => encodeSafetensors({ 'weights/a': array }, { progress: '[1]' }),
      'progress: ',
    ],
    [
      'an array of no part',
      () => encodeSafetensors({ 'other/a': array }, { progress }),
      "'other/a' is not a part",
    ],
    [
      'an array of no part by prototype',
      () => encodeSafetensors({ 'toString/a': array }, { progress }),
      "'toString/a' is not the name of a run's array",
    ],
    ['an array without a part', () => encodeSafetensors({ a: array }, { progress }), "'a' is not a part"],
    ['no weights', () => encodeSafetensors({ 'slots/a/m': array }, { progress }), 'holds no weights'],
    [
      'weights that are not float32',
      () => encodeSafetensors({ 'weights/a': { shape: [1], data: new Float64Array(1) } }, { progress }),
      "expected 'weights/a' to hold float32",
    ],
  ];

  it.each(foreign)('%s', async (_, make, message) => {
    const call = async () => decodeCheckpoint(await make());
    await expect(call()).rejects.toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
    await expect(call()).rejects.toThrow(message);
  });

  const damaged: [string, object, string][] = [
    ['sums missing', { ...fresh, sums: undefined }, 'sums is missing'],
    ['sums null', { ...fresh, sums: null }, 'sums must be an object of numbers, got null'],
    ['sums a string', { ...fresh, sums: 'x' }, "sums must be an object of numbers, got 'x'"],
    [
      'a sum that is no number',
      { ...fresh, sums: { reconstruction: null } },
      'sums.reconstruction must be a number',
    ],
    ['earlyStopping missing', { ...fresh, earlyStopping: undefined }, 'earlyStopping is missing'],
    ['earlyStopping null', { ...fresh, earlyStopping: null }, 'earlyStopping must be an object, got null'],
    [
      'a wait below 0',
      { ...fresh, earlyStopping: { best: 1, wait: -1 } },
      'earlyStopping.wait must be a whole number',
    ],
    ['plateau a string', { ...fresh, plateau: 'x' }, "plateau must be an object, got 'x'"],
    [
      'a scale of 2',
      { ...fresh, plateau: { best: null, wait: 0, scale: 2 } },
      'plateau.scale must be at most 1',
    ],
    ['a best of words', { ...one, best: { epoch: 1, valLoss: 'low' } }, 'best.valLoss must be a number'],
    ['a best to come', { ...one, best: { epoch: 2, valLoss: 1 } }, 'best.epoch is 2, of 1 epochs'],
    ['a seed of a half', { ...fresh, seed: 0.5 }, 'seed must be a whole number'],
    ['step 0 after an epoch', { ...one, step: 0 }, 'step is 0, fewer than 1 epochs'],
    ['an epoch of 1e9', { ...one, epoch: 1e9 }, 'epoch is 1000000000, but there are 1 rows'],
    ['a history of nothing', { ...one, history: [null] }, 'history[0]'],
    [
      'a history out of order',
      { ...one, history: [{ ...row, epoch: 2 }] },
      'history[0].epoch must be 1, got 2',
    ],
    [
      'a loss that is no number',
      { ...one, history: [{ ...row, loss: 'x' }] },
      'history[0].loss must be a number',
    ],
    ['a field of nobody', { ...fresh, stepp: 1 }, "no field stepp. Did you mean 'step'?"],
  ];
  it.each(damaged)('progress with %s, naming it', async (_, value, message) => {
    const bytes = encodeSafetensors({ 'weights/a': array }, { progress: JSON.stringify(value) });
    const call = () => decodeCheckpoint(bytes, { where: 'c.safetensors' });
    await expect(call()).rejects.toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
    await expect(call()).rejects.toThrow('c.safetensors: progress: ');
    await expect(call()).rejects.toThrow(message);
  });

  it('progress and metrics nested without end', async () => {
    const nested = `{"seed":${'['.repeat(1e5)}${']'.repeat(1e5)}}`;
    const bytes = encodeSafetensors({ 'weights/a': array }, { progress: nested });
    await expect(decodeCheckpoint(bytes)).rejects.toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
    const metrics = { text: nested, where: 'metrics.jsonl' };
    const call = async () => decodeCheckpoint(await encodeCheckpoint(checkpoints[1]!), { metrics });
    await expect(call()).rejects.toThrow('metrics.jsonl: line 1 is no row of an epoch');
  });

  it('metrics that lack its epochs, or are damaged', async () => {
    const bytes = await encodeCheckpoint(checkpoints[1]!);
    const read = (text: string) => () =>
      decodeCheckpoint(bytes, { metrics: { text, where: 'metrics.jsonl' } });
    const good = JSON.stringify(checkpoints[1]!.progress.history[0]);
    for (const text of ['', good, `${good}\n{"epoch"`, 'x\ny\n']) {
      await expect(read(text)()).rejects.toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
    }
    await expect(read(`${good}\n{"epoch"`)()).rejects.toThrow('metrics.jsonl: line 2 is no row of an epoch');
  });

  it('a checkpoint of which a single bit is another', async () => {
    const bytes = await encodeCheckpoint(checkpoints[0]!);
    bytes[bytes.length - 4]! ^= 1; // the last bit of a float's fraction
    const call = () =>
      decodeCheckpoint(bytes, { where: 'c.safetensors', metrics: metricsOf(checkpoints[0]!) });
    await expect(call()).rejects.toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
    await expect(call()).rejects.toThrow('c.safetensors: its content is not what was written');
  });

  it('metrics of which a number was changed, and not those that are spaced otherwise', async () => {
    const bytes = await encodeCheckpoint(checkpoints[1]!);
    const { text, where } = metricsOf(checkpoints[1]!);
    const read = (changed: string) => () => decodeCheckpoint(bytes, { metrics: { text: changed, where } });
    await expect(read(text.replace('"epoch":1,"loss":', '"epoch":1,"loss":1'))()).rejects.toThrow(
      'metrics.jsonl: its first 2 rows are not what the checkpoint was taken with',
    );
    expect((await read(text.replaceAll('":', '": '))()).progress).toEqual(checkpoints[1]!.progress);
  });

  it('a version of tomorrow', async () => {
    const bytes = encodeSafetensors({ 'weights/a': array }, { version: '3', progress });
    await expect(decodeCheckpoint(bytes)).rejects.toThrow(
      'a checkpoint of version 3; a newer Latentkit may know it',
    );
  });
});

it.each(['weights/a', 'slots/a/m', 'bestWeights/a'])('NaN in %s is E_NOT_FINITE, naming it', async (name) => {
  const arrays = { 'weights/a': { shape: [2], data: Float32Array.of(1, 2) } };
  const bad = { shape: [2], data: Float32Array.of(0, Number.NaN) };
  const bytes = encodeSafetensors({ ...arrays, [name]: bad }, { progress: JSON.stringify(freshProgress(1)) });
  await expect(decodeCheckpoint(bytes)).rejects.toThrow(
    expect.objectContaining({
      code: 'E_NOT_FINITE',
      message: expect.stringContaining(`'${name}' holds NaN at index 1`),
    }),
  );
});

it('a checkpoint of the 3,000th epoch is no larger than that of the first', async () => {
  const first = checkpoints[0]!;
  const history = Array.from({ length: 3000 }, (_, i) => ({ ...first.progress.history[0]!, epoch: i + 1 }));
  const last = { ...first, progress: { ...first.progress, epoch: 3000, step: 12000, history } };
  expect((await encodeCheckpoint(last)).length - (await encodeCheckpoint(first)).length).toBeLessThan(64);
  expect((await roundTrip(last)).progress).toEqual(last.progress);
});

import { join } from 'node:path';
import { createAccelerator } from '@latentkit/backend';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { tempDirectory } from '../../testing/temp-directory.ts';
import { TINY_AUTOENCODER, tinyConfig, tinyDataset } from '../../testing/tiny-run.ts';
import { trainRun } from '../../testing/train-run.ts';
import { type LoadedRun, loadRun } from '../load-run.ts';

const root = tempDirectory();
const { validation, train } = tinyDataset();

async function makeRun(name: string, config: ReturnType<typeof tinyConfig>) {
  const { epoch: kept, history } = await trainRun({ config, out: join(root, name) });
  const row = history.find(({ epoch }) => epoch === kept)!;
  return { run: await loadRun(join(root, name)), row };
}

describe.each([
  ['grey pixels', tinyConfig()],
  ['pixels drawn as coins', tinyConfig({}, { binarize: 'dynamic' })],
  ['a learned sigma', tinyConfig({ likelihood: { type: 'gaussian', output: 'tanh', sigma: 'learned' } })],
  ['a plain autoencoder', tinyConfig(TINY_AUTOENCODER)],
  ['classes', tinyConfig({ condition: { classes: 10 } })],
  ['a VampPrior', tinyConfig({ prior: { type: 'vamp', components: 3 } })],
])('a loaded run of %s', (name, config) => {
  it("evaluates its validation images to the training's own loss, to the last digit, and scores each", async () => {
    const { run, row } = await makeRun(name, config);
    const tensors = tf.memory().numTensors;
    const evaluation = await run.evaluate(validation);
    expect(evaluation).toEqual({
      ...{ images: 40, negativeElbo: row.valLoss, reconstruction: row.valReconstruction },
      ...(row.valKl !== undefined && { kl: row.valKl }),
    });
    const scores = await run.score(validation.images, run.spec.condition && { label: validation.labels });
    expect(scores).toHaveLength(40);
    expect(scores.reduce((sum, value) => sum + value, 0) / 40).toBeCloseTo(row.valLoss, 9);
    expect(tf.memory().numTensors).toBe(tensors);
    run.dispose();
  });
});

it('of a conditional run depends on the class, and asks for it', async () => {
  const { run } = await makeRun('told', tinyConfig({ condition: { classes: 10 } }));
  const [one, other] = await Promise.all([0, 1].map((label) => run.score(validation.images, { label })));
  expect(one).not.toEqual(other);
  const { labels: _, ...bare } = validation;
  await expect(run.evaluate(bare)).rejects.toThrow('score: expected { label }: a class from 0 to 9');
  await expect(run.score(validation.images, { label: 10 })).rejects.toMatchObject({ code: 'E_RANGE' });
  expect(await run.evaluate(bare, { label: 0 })).not.toEqual(await run.evaluate(validation));
  run.dispose();
});

describe('a score', () => {
  let run: LoadedRun;
  beforeAll(async () => {
    ({ run } = await makeRun('score', tinyConfig()));
    return () => run.dispose();
  });

  const SEEDS = 16;

  it('of many samples is the mean over as many seeds, within what chance leaves', async () => {
    const seeds = await Promise.all(
      Array.from({ length: SEEDS }, (_, seed) => run.evaluate(validation, { seed })),
    );
    const means = seeds.map(({ reconstruction }) => reconstruction);
    const mean = means.reduce((sum, value) => sum + value, 0) / SEEDS;
    const deviation = Math.sqrt(means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (SEEDS - 1));
    const { reconstruction, kl } = await run.evaluate(validation, { samples: SEEDS });
    expect(Math.abs(reconstruction - mean)).toBeLessThan((5 * deviation) / Math.sqrt(SEEDS / 2));
    expect(kl).toBe(seeds[0]!.kl);
  });

  it('does not depend on how many images go in at once', async () => {
    const one = train.images.subarray(0, 784);
    const [alone, among] = [
      await run.score(one, { samples: 3 }),
      await run.score(train.images, { samples: 3 }),
    ];
    expect(alone[0]).toBe(among[0]);
  });

  it('is the same to the last digit on an accelerator', async () => {
    const accelerator = await createAccelerator({ workers: 2 });
    for (const options of [{}, { samples: 3, seed: 4 }]) {
      const expected = await run.score(validation.images, options);
      expect(await run.score(validation.images, { ...options, accelerator })).toEqual(expected);
    }
    await accelerator.close();
  });

  it('is higher for noise than for digits', async () => {
    const noise = Uint8Array.from({ length: 40 * 784 }, (_, i) => (i * 7919) % 256);
    const [odd, usual] = [await run.score(noise), await run.score(validation.images)];
    expect(Math.min(...odd)).toBeGreaterThan(Math.max(...usual));
  });

  it('is refused for other images and numbers', async () => {
    await expect(run.score(new Uint8Array(785))).rejects.toMatchObject({ code: 'E_SHAPE' });
    await expect(run.score(new Uint8Array(0))).rejects.toMatchObject({ code: 'E_SHAPE' });
    for (const [pixel, code] of [
      [Number.NaN, 'E_NOT_FINITE'],
      [255, 'E_RANGE'],
    ] as const) {
      await expect(run.score(new Float32Array(784).fill(pixel))).rejects.toMatchObject({ code });
    }
    const shape = { height: 784, width: 1, channels: 1 };
    const typo = { sampels: 2 } as { samples?: number };
    await expect(run.evaluate(validation, typo)).rejects.toThrow(
      "no option sampels. Did you mean 'samples'?",
    );
    await expect(run.score(validation.images, typo)).rejects.toMatchObject({ code: 'E_CONFIG' });
    await expect(run.evaluate({ ...validation, shape })).rejects.toMatchObject({ code: 'E_SHAPE' });
    for (const samples of [0, 1.5, Number.NaN]) {
      await expect(run.evaluate(validation, { samples })).rejects.toMatchObject({ code: 'E_RANGE' });
    }
    const signal = AbortSignal.abort();
    await expect(run.evaluate(validation, { signal })).rejects.toBe(signal.reason);
  });
});

import { startWasmBackend } from '@latentkit/backend';
import { limitImages } from '@latentkit/datasets';
import { createObjective, type ObjectiveSpec, reconstruction } from '@latentkit/objectives';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectEvents, eventsOf, tinyDataset, tinyModel, tinyRun } from '../testing/tiny-run.ts';
import { train } from '../train.ts';
import type { TrainOptions } from '../train-options.ts';
import type { Checkpoint } from './checkpoint.ts';

let checkpoint: Checkpoint;

beforeAll(async () => {
  await startWasmBackend();
  const events = await collectEvents(train(tinyRun({ signal: AbortSignal.abort() })));
  checkpoint = eventsOf(events, 'checkpoint')[0]!.checkpoint;
});

describe('checkCheckpoint', () => {
  const refusalOf = (change: Partial<TrainOptions>) =>
    train(tinyRun({ checkpoint, ...change }))
      .next()
      .catch((error: unknown) => error);

  it('takes the checkpoint of the same run', async () => {
    expect(await refusalOf({})).toMatchObject({ value: { type: 'start' } });
  });

  it('refuses another seed', async () => {
    expect(await refusalOf({ seed: 5 })).toMatchObject({
      code: 'E_USAGE',
      message: 'train: the checkpoint was made with seed 4, not 5',
    });
  });

  it('refuses another model, naming the first parameter that differs', async () => {
    const model = tinyModel({ encoder: { type: 'mlp', hidden: [6], activation: 'relu' } });
    expect(await refusalOf({ model })).toMatchObject({
      code: 'E_USAGE',
      message:
        "train: the checkpoint's weights are of another model: expected 'encoder.hidden1.kernel' [12, 6], got [12, 5]",
    });
    const plain = tinyModel({ kind: 'autoencoder' });
    expect(await refusalOf({ model: plain })).toMatchObject({
      message: expect.stringContaining("expected 'encoder.code.kernel' [5, 2], got none"),
    });
  });

  it('refuses another optimizer', async () => {
    expect(await refusalOf({ optimizer: { name: 'adamax' } })).toMatchObject({
      code: 'E_USAGE',
      message:
        "train: the checkpoint's slots are of another optimizer: expected 'encoder.hidden1.kernel/u' [12, 5], got none",
    });
    expect(await refusalOf({ optimizer: { name: 'sgd' } })).toMatchObject({
      message: expect.stringContaining("expected 'encoder.hidden1.kernel/m' none, got [12, 5]"),
    });
  });

  it('refuses to stand behind the end of an epoch', async () => {
    const { sums: _, ...progress } = checkpoint.progress;
    const beyond = {
      ...checkpoint,
      progress: { ...progress, step: 6, batch: 6, sums: { reconstruction: 1, kl: 1 } },
    };
    expect(await refusalOf({ checkpoint: beyond })).toMatchObject({
      code: 'E_USAGE',
      message: expect.stringContaining('stands at batch 6 of an epoch, which now has 5'),
    });
  });

  it('refuses, in mid-epoch, batches of another size, other images, or terms that were not measured', async () => {
    const { progress } = checkpoint;
    const halfway = (change: object) => ({
      checkpoint: {
        ...checkpoint,
        progress: { ...progress, step: 2, batch: 2, sums: { reconstruction: 1, kl: 1 }, ...change },
      },
    });
    expect(await refusalOf({ ...halfway({}), batchSize: 11 })).toMatchObject({
      code: 'E_USAGE',
      message: expect.stringContaining('an epoch of batch size 5, which is now 11'),
    });
    expect(await refusalOf(halfway({ trainImages: 23 }))).toMatchObject({
      message: expect.stringContaining('number of training images 23, which is now 22'),
    });
    expect(await refusalOf(halfway({ sums: { reconstruction: 1 } }))).toMatchObject({
      message: expect.stringContaining("did not measure 'kl'"),
    });
  });

  it('refuses, at the end of an epoch, an objective of other terms: two losses would choose the best epoch', async () => {
    const done = eventsOf(await collectEvents(train(tinyRun({ epochs: 1 }))), 'checkpoint').at(
      -1,
    )!.checkpoint;
    const { model } = tinyRun();
    const change = (spec: ObjectiveSpec) => ({
      checkpoint: done,
      model,
      objective: createObjective(model, spec),
    });
    expect(await refusalOf(change({ type: 'iwae', samples: 2 }))).toMatchObject({
      code: 'E_USAGE',
      message: expect.stringContaining(
        "the checkpoint's epochs measured reconstruction, kl, and the objective has bound, reconstruction, kl",
      ),
    });
    expect(await refusalOf(change({ type: 'elbo', freeBits: 1 }))).toMatchObject({ code: 'E_USAGE' });
    expect(await refusalOf(change({ type: 'elbo', beta: 2 }))).toMatchObject({ value: { type: 'start' } });
    const plain = createObjective(model, { terms: [reconstruction()] });
    expect(await refusalOf({ checkpoint: done, model, objective: plain })).toMatchObject({ code: 'E_USAGE' });
  });

  it('notes, at the end of an epoch, other batches and more or fewer images', async () => {
    const done = eventsOf(await collectEvents(train(tinyRun({ epochs: 1 }))), 'checkpoint').at(
      -1,
    )!.checkpoint;
    expect(await refusalOf({ checkpoint: done })).toMatchObject({ value: { notes: [] } });
    const { name, train: set, validation } = tinyDataset();
    const fewer = { name, train: limitImages(set, 20), validation };
    expect(await refusalOf({ checkpoint: done, batchSize: 4, dataset: fewer })).toMatchObject({
      value: {
        notes: [
          "the checkpoint's epochs had 22 training images, those to come have 20",
          "the checkpoint's epochs had 5 images a batch, those to come have 4",
        ],
      },
    });
  });

  describe('refuses progress that is damaged, naming the field, what was expected and what was got:', () => {
    it.each<[string, object, string]>([
      ['earlyStopping null', { earlyStopping: null }, 'earlyStopping must be an object, got null'],
      ['plateau of text', { plateau: 'x' }, "plateau must be an object, got 'x'"],
      [
        'a scale of 2',
        { plateau: { best: null, wait: 0, scale: 2 } },
        'plateau.scale must be at most 1, got 2',
      ],
      ['step 0 in mid-epoch', { batch: 2, step: 0 }, 'step is 0, fewer than 0 epochs and 2 batches make'],
      ['step below 0', { step: -1 }, 'step must be a whole number of at least 0, got -1'],
      ['an epoch of 1e9', { epoch: 1e9 }, 'epoch is 1000000000, but there are 0 rows of metrics'],
      ['an epoch of NaN', { epoch: Number.NaN }, 'epoch must be a whole number of at least 0, got NaN'],
      ['sums missing', { sums: undefined }, 'sums must be an object of numbers, got nothing'],
      ['sums null', { sums: null }, 'sums must be an object of numbers, got null'],
      ['sums of text', { sums: { kl: '1' } }, "sums.kl must be a number, got '1'"],
      ['best without its fields', { best: {} }, 'best.epoch is missing'],
      ['best to come', { best: { epoch: 99, valLoss: 1 } }, 'best.epoch is 99, of 0 epochs'],
      ['history null', { history: null }, 'history must be a list, got null'],
      ['history of text', { epoch: 1, step: 5, history: ['x'] }, "history[0] must be an object, got 'x'"],
      ['batchSize 0', { batchSize: 0 }, 'batchSize must be a whole number of at least 1, got 0'],
    ])('%s', async (_, change, said) => {
      const damaged = { ...checkpoint, progress: { ...checkpoint.progress, ...change } };
      expect(await refusalOf({ checkpoint: damaged as Checkpoint })).toMatchObject({
        code: 'E_FORMAT',
        message: expect.stringContaining(`train: checkpoint: progress: ${said}`),
      });
    });
  });

  it('refuses what is no checkpoint, or lacks a part', async () => {
    for (const [given, said] of [
      [null, 'train: checkpoint must be an object, got null'],
      [[], 'train: checkpoint must be an object, got a list'],
      [{}, 'train: checkpoint: weights must be an object, got undefined'],
      [{ ...checkpoint, slots: null }, 'train: checkpoint: slots must be an object, got null'],
    ] as const) {
      const refusal = await refusalOf({ checkpoint: given as unknown as Checkpoint });
      expect(refusal).toMatchObject({ code: 'E_USAGE', message: said });
    }
  });

  it('refuses NaN among its arrays, rather than blame the learning rate later', async () => {
    const slots = structuredClone(checkpoint.slots) as Record<
      string,
      { shape: number[]; data: Float32Array }
    >;
    slots['encoder.hidden1.kernel/m']!.data[3] = Number.NaN;
    expect(await refusalOf({ checkpoint: { ...checkpoint, slots } })).toMatchObject({
      code: 'E_NOT_FINITE',
      message: expect.stringContaining("slots: 'encoder.hidden1.kernel/m' holds NaN at index 3"),
    });
  });

  it('takes what an honest run may hold: infinite terms of weight 0, a clock that went back', async () => {
    const terms = {
      reconstruction: 2,
      valReconstruction: 2,
      kl: Number.POSITIVE_INFINITY,
      valKl: Number.NaN,
    };
    const row = { epoch: 1, loss: 2, valLoss: 2, ...terms, valTarget: Number.NaN };
    const history = [{ ...row, learningRate: 1e-3, seconds: -3 }];
    const progress = { ...checkpoint.progress, epoch: 1, step: 5, history };
    const honest = { ...checkpoint, progress } as Checkpoint;
    expect(await refusalOf({ checkpoint: honest })).toMatchObject({ value: { type: 'start' } });
  });
});

import { startWasmBackend } from '@latentkit/backend';
import { LatentkitError } from '@latentkit/core';
import { createObjective } from '@latentkit/objectives';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectEvents, tinyDataset, tinyModel, tinyRun } from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';

beforeAll(() => startWasmBackend());

/** What the first event of a run throws. */
async function refusalOf(change: Partial<TrainOptions>): Promise<LatentkitError> {
  const error = await train(tinyRun(change))
    .next()
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(LatentkitError);
  return error as LatentkitError;
}

const dataset = tinyDataset();
const plateau = { factor: 0.5, patience: 1 };
const wide = tinyModel({ image: { height: 4, width: 4, channels: 1 } });

const acceleratorOf = (arithmetic?: 'strict' | 'fused') =>
  ({
    workers: 1,
    ...(arithmetic && { arithmetic }),
    open: () => Promise.reject(new Error('opened')),
  }) as never;

describe('checkTrainOptions', () => {
  it.each([
    ['fused', 'strict', 'createAccelerator({ arithmetic: fused })'],
    ['fused', undefined, 'createAccelerator({ arithmetic: fused })'],
    ['strict', 'fused', 'createAccelerator() without arithmetic'],
  ] as const)('a run of %s sums is refused on an accelerator of %s ones', async (arithmetic, has, fix) => {
    const error = await refusalOf({ arithmetic, accelerator: acceleratorOf(has) });
    expect(error).toMatchObject({ code: 'E_USAGE', fix: expect.stringContaining(fix) });
    expect(error.message).toContain(`arithmetic must be the accelerator's, which is '${has ?? 'strict'}'`);
  });

  it.each([
    ['fused', 'fused'],
    ['strict', undefined],
    [undefined, 'fused'],
  ] as const)('a run of %s sums has an accelerator of %s ones', async (arithmetic, has) => {
    const run = train(tinyRun({ ...(arithmetic && { arithmetic }), accelerator: acceleratorOf(has) }));
    await expect(run.next()).rejects.toThrow('opened');
  });

  it.each<[string, string, Partial<TrainOptions>]>([
    ['E_RANGE', 'epochs must be a whole number from 1, got 0', { epochs: 0 }],
    ['E_RANGE', 'epochs must be a whole number from 1, got -3', { epochs: -3 }],
    ['E_RANGE', 'epochs must be a whole number from 1, got 1.5', { epochs: 1.5 }],
    ['E_RANGE', 'epochs must be a whole number from 1, got undefined', { epochs: undefined as never }],
    ['E_RANGE', 'batchSize must be a whole number from 1, got 0', { batchSize: 0 }],
    ['E_RANGE', 'batchSize must be a whole number from 1, got 2.5', { batchSize: 2.5 }],
    ['E_RANGE', 'the batch size 23 exceeds the 22 training examples', { batchSize: 23 }],
    ['E_RANGE', 'learningRate must be a number of at least 0, got -0.1', { learningRate: -0.1 }],
    ['E_RANGE', 'learningRate must be a number of at least 0, got NaN', { learningRate: Number.NaN }],
    [
      'E_RANGE',
      'learningRate in epoch 3 must be a number of at least 0, got -1',
      { learningRate: { type: 'linear', from: 1, to: -1, epochs: 2 } },
    ],
    ['E_RANGE', 'beta must be a number of at least 0, got Infinity', { beta: Infinity }],
    ['E_RANGE', 'clip.value must be a number above 0, got 0', { clip: { value: 0 } }],
    ['E_RANGE', 'clip.norm must be a number above 0, got -1', { clip: { norm: -1 } }],
    [
      'E_RANGE',
      'earlyStopping.patience must be a whole number from 0, got -1',
      { earlyStopping: { patience: -1 } },
    ],
    [
      'E_RANGE',
      'earlyStopping.minDelta must be a number of at least 0, got -2',
      { earlyStopping: { patience: 1, minDelta: -2 } },
    ],
    [
      'E_RANGE',
      'reduceOnPlateau.factor must be a number between 0 and 1, got 1',
      { reduceOnPlateau: { ...plateau, factor: 1 } },
    ],
    [
      'E_RANGE',
      'reduceOnPlateau.factor must be a number between 0 and 1, got 0',
      { reduceOnPlateau: { ...plateau, factor: 0 } },
    ],
    [
      'E_RANGE',
      'reduceOnPlateau.patience must be a whole number from 0, got 0.5',
      { reduceOnPlateau: { ...plateau, patience: 0.5 } },
    ],
    [
      'E_RANGE',
      'reduceOnPlateau.minLearningRate must be a number of at least 0, got -1',
      { reduceOnPlateau: { ...plateau, minLearningRate: -1 } },
    ],
    [
      'E_RANGE',
      'the dataset has no validation images',
      { dataset: { ...dataset, validation: { ...dataset.validation, count: 0 } } },
    ],
    [
      'E_SHAPE',
      "the model reads images of [4, 4, 1], the dataset's train images are [4, 3, 1]. Make the model with image: dataset.train.shape",
      { model: wide },
    ],
    [
      'E_SHAPE',
      "the dataset's validation images are [3, 4, 1]",
      {
        dataset: {
          ...dataset,
          validation: { ...dataset.validation, shape: { height: 3, width: 4, channels: 1 } },
        },
      },
    ],
  ])('refuses with %s: %s', async (code, message, change) => {
    const before = tf.memory().numTensors;
    const error = await refusalOf(change);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^train: /);
    expect(error.message).toContain(message);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses an optimizer and a seed that are none', async () => {
    expect(await refusalOf({ optimizer: { name: 'adamw' as 'adam' } })).toMatchObject({
      code: 'E_CONFIG',
    });
    expect(await refusalOf({ seed: -1 })).toMatchObject({ code: 'E_RANGE' });
  });

  it('refuses names that do not exist', async () => {
    const typos = { binarize: 'dynamik', keep: 'bset', beta: { type: 'linnear', from: 0, to: 1, epochs: 2 } };
    const messages = await Promise.all(
      Object.entries(typos).map(async ([name, value]) => {
        const { code, message } = await refusalOf({ [name]: value } as Partial<TrainOptions>);
        return `${code} ${message}`;
      }),
    );
    expect(messages).toEqual([
      "E_UNKNOWN_NAME train: binarize must be 'none' or 'fixed' or 'dynamic', got 'dynamik'. Did you mean 'dynamic'?",
      "E_UNKNOWN_NAME train: keep must be 'best' or 'last', got 'bset'. Did you mean 'best'?",
      "E_UNKNOWN_NAME scheduleAt: there is no schedule 'linnear'. Did you mean 'linear'?",
    ]);
  });

  it('refuses coins of which the likelihood is none', async () => {
    const model = tinyModel({ likelihood: { type: 'continuousBernoulli', output: 'sigmoid' } });
    const error = await refusalOf({ model, binarize: 'dynamic' });
    expect([error.code, error.message]).toEqual([
      'E_CONFIG',
      expect.stringContaining('a density of grey ones'),
    ]);
  });

  it('refuses a rate that turns negative in the second epoch', async () => {
    const error = await refusalOf({ learningRate: { type: 'exponential', from: 1, rate: -1 } });
    expect(error.message).toContain('learningRate in epoch 2 must be a number of at least 0, got -1');
  });

  it('takes what is given as undefined for what is left out', async () => {
    const change = { optimizer: undefined, beta: undefined, clip: undefined, keep: undefined };
    const { value } = await train(tinyRun(change as Partial<TrainOptions>)).next();
    expect(value).toMatchObject({ type: 'start' });
  });

  it.each([
    [{ lr: 1 }, 'there is no option lr'],
    [{ learningrate: 1 }, "Did you mean 'learningRate'?"],
    [{ clip: 0.001 }, 'clip must be an object of value, norm, got 0.001'],
    [{ clip: null }, 'clip must be an object of value, norm, got null'],
    [{ earlyStopping: { patience: 1, min_delta: 1 } }, "earlyStopping.min_delta. Did you mean 'minDelta'?"],
    [{ optimizer: { name: 'adam', learningRate: 1 } }, 'there is no field learningRate'],
    [{ optimizer: 'sgd' }, 'must be an object'],
    [{ optimizer: { name: 'adam', beta1: 1.5 } }, 'beta1 must be a number from 0 to below 1'],
  ])('refuses %j, which no type checker has seen', async (change, message) => {
    expect(await refusalOf(change as object)).toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringContaining(message),
    });
  });
});

describe('what no type checker has seen', () => {
  const { model } = tinyRun();
  it.each<[object, string]>([
    [
      { model: undefined },
      'E_USAGE train: model must be a model, got undefined. createModel(spec) makes one of a spec',
    ],
    [{ model: model.spec }, 'E_USAGE train: model must be a model, got an object. createModel(spec)'],
    [{ dataset: null }, 'E_USAGE train: dataset must be a dataset, { train, validation }, got null'],
    [{ dataset: { name: 'a' } }, 'E_USAGE train: dataset must be a dataset, { train, validation }'],
    [{ signal: {} }, 'E_USAGE train: signal must be an AbortSignal, got an object'],
    [{ accelerator: {} }, 'E_USAGE train: accelerator must be an accelerator, got an object'],
    [{ accelerator: true }, 'E_USAGE train: accelerator must be an accelerator, got true'],
    [
      { objective: { type: 'elbo' } },
      'E_USAGE train: objective must be an objective, got an object. createObjective(',
    ],
    [{ objective: 'elbo' }, "E_USAGE train: objective must be an objective, got 'elbo'"],
    [
      { learningRate: '0.1' },
      "E_RANGE train: learningRate must be a number, or a schedule as { type, from, ... }, got '0.1'",
    ],
    [{ learningRate: null }, 'E_RANGE train: learningRate must be a number, or a schedule'],
    [{ beta: {} }, "E_UNKNOWN_NAME scheduleAt: there is no schedule 'undefined'"],
    [{ seed: '4' }, "E_RANGE train: seed must be a whole number from 0 to 2^53 - 1, got '4'"],
    [{ now: 5 }, 'E_USAGE train: now must be a function, got 5'],
    [
      { players: { modle: {} } },
      "E_UNKNOWN_NAME train: the objective has no player 'modle'. Did you mean 'model'?",
    ],
    [{ players: { model: { lr: 1 } } }, 'E_CONFIG train: there is no option players.model.lr'],
    [
      { players: { model: null } },
      'E_CONFIG train: players.model must be an object of optimizer, learningRate, got null',
    ],
    [
      { players: { model: { learningRate: -1 } } },
      'E_RANGE train: players.model.learningRate must be a number of at least 0',
    ],
    [{ rateCut: [{ after: 1, factor: 0.5 }, { after: 2 }] }, 'E_RANGE train: rateCut[1].factor must be'],
    [{ rateCut: 3 }, 'E_CONFIG train: rateCut must be an object of after, factor, got 3'],
    [{ weights: 'x' }, "E_USAGE train: weights must be an object, got 'x'"],
    [
      { earlyStopping: {} },
      'E_RANGE train: earlyStopping.patience must be a whole number from 0, got undefined',
    ],
  ])('is refused: %o', async (change, said) => {
    const [code, ...words] = said.split(' ');
    const refusal = await refusalOf(change as Partial<TrainOptions>);
    expect(refusal).toMatchObject({ code, message: expect.stringContaining(words.join(' ')) });
  });

  it('is refused: no options at all', async () => {
    const said = {
      code: 'E_CONFIG',
      message: expect.stringContaining('train: options must be an object of model,'),
    };
    for (const options of [undefined, null, [], 'x'] as never[]) {
      await expect(train(options).next()).rejects.toMatchObject(said);
    }
  });
});

it('refuses batches that no memory holds, before any is taken', async () => {
  const { model } = tinyRun();
  const objective = createObjective(model, { type: 'iwae', samples: 1e9 });
  expect(await refusalOf({ model, objective })).toMatchObject({
    code: 'E_LIMIT',
    message:
      'train: batches of 5 images by 1000000000 samples each take 240.0 GB of memory, of at most 4.3 GB. ' +
      'Take fewer samples, or a smaller batchSize',
  });
  const shape = model.spec.image;
  const source = { shape, count: 2 ** 40, read: () => Promise.reject(new Error('not to be read')) };
  const huge = train(tinyRun({ dataset: { ...dataset, train: source } }));
  await expect(collectEvents(huge)).rejects.toMatchObject({
    code: 'E_LIMIT',
    message: expect.stringContaining('1099511627776'),
  });
});

it('refuses batches in which no two examples could be compared, in place of leaving all of them out', async () => {
  const run = tinyRun({ batchSize: 1 });
  const objective = createObjective(run.model, { type: 'infoVae', mmd: 10 });
  await expect(collectEvents(train({ ...run, objective, beta: undefined }))).rejects.toMatchObject({
    code: 'E_RANGE',
    message:
      'train: the objective compares examples with each other: expected batchSize of at least 2, got 1',
  });
});

import { startWasmBackend } from '@latentkit/backend';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectEvents, eventsOf, tinyModel, tinyRun } from '../testing/tiny-run.ts';
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
    const beyond = { ...checkpoint, progress: { ...progress, batch: 6, sums: { reconstruction: 1, kl: 1 } } };
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
        progress: { ...progress, batch: 2, sums: { reconstruction: 1, kl: 1 }, ...change },
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
});

import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import type { Batch, Dataset, ImageSet, ImageSource } from '@latentkit/core';
import { takeImages } from '@latentkit/datasets';
import { createObjective } from '@latentkit/objectives';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateLoss } from './loop/evaluate-loss.ts';
import {
  collectEvents,
  eventsOf,
  tinyDataset,
  tinyModel,
  tinyRun,
  withoutSeconds,
} from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';

beforeAll(() => startWasmBackend());

type Read = Batch<Uint8Array | Float32Array>;

/** A set that has to be read, in memory behind its back; `answer` decides when and what. */
function sourceOf(set: ImageSet, answer: (read: Read) => Read | PromiseLike<Read>): ImageSource {
  const { height, width, channels } = set.shape;
  return {
    ...{ shape: set.shape, count: set.count },
    read(indices) {
      const { images, labels } = takeImages(set, indices);
      const size = indices.length;
      const x = { shape: [size, height, width, channels], data: images };
      return answer({ size, indices, x, ...(labels && { labels }) });
    },
  };
}

/** After as many turns of the event loop as its first image says. */
async function later(read: Read): Promise<Read> {
  for (let turn = read.indices[0]! % 3; turn >= 0; turn--) await new Promise((done) => setImmediate(done));
  read.indices.sort(); // a source may do with them what it likes
  return read;
}

function readDataset(
  dataset: Dataset,
  answer: (read: Read) => Read | PromiseLike<Read> = later,
): Dataset<ImageSource> {
  const { name, train: set, validation } = dataset;
  return { name, train: sourceOf(set, answer), validation: sourceOf(validation, answer) };
}

const conditional = () => {
  const { name, train: set, validation } = tinyDataset();
  const withLabels = (of: ImageSet): ImageSet => ({
    ...of,
    labels: Uint16Array.from({ length: of.count }, (_, i) => i % 3),
  });
  return {
    model: tinyModel({ condition: { classes: 3 } }),
    dataset: { name, train: withLabels(set), validation: withLabels(validation) },
  };
};

const RUNS: Record<string, Partial<TrainOptions> & { dataset: Dataset }> = {
  bytes: { dataset: tinyDataset() },
  'coins of a tanh': {
    dataset: tinyDataset(),
    binarize: 'dynamic',
    model: tinyModel({ likelihood: { type: 'squaredError', output: 'tanh' } }),
  },
  'a conditional model, told by labels that come with the batches': conditional(),
};

describe.each(Object.entries(RUNS))('a set that is read, of %s', (_, options) => {
  it.each(['eager', 'accelerated'])(
    'trains to the bytes of the same set in memory, %s and resumed',
    async (how) => {
      const accelerator = how === 'eager' ? undefined : await createAccelerator({ workers: 2 });
      try {
        const run = { ...tinyRun(options), accelerator };
        const dataset = readDataset(options.dataset);
        const end = async (change: Partial<TrainOptions>) => {
          const events = await collectEvents(train({ ...run, ...change }));
          const [{ weights, history }] = eventsOf(events, 'end') as [
            ReturnType<typeof eventsOf<'end'>>[number],
          ];
          return { weights, history: withoutSeconds(history) };
        };
        const expected = await end({});
        expect(await end({ dataset })).toEqual(expected);

        const stop = new AbortController();
        const first = await collectEvents(train({ ...run, dataset, signal: stop.signal }), (event) => {
          if (event.type === 'step' && event.step === 8) stop.abort(); // in the middle of the second epoch
        });
        const checkpoint = eventsOf(first, 'checkpoint').at(-1)!.checkpoint;
        expect(checkpoint.progress).toMatchObject({ epoch: 1, batch: 3 });
        expect(await end({ dataset, checkpoint })).toEqual(expected);
      } finally {
        await accelerator?.close();
      }
    },
  );
});

it('is read ahead: the next batch is asked for while one is computed', async () => {
  const log: string[] = [];
  const dataset = readDataset(tinyDataset(), (read) => {
    log.push('read');
    return later(read);
  });
  await collectEvents(train(tinyRun({ dataset, epochs: 1 })), ({ type }) => log.push(type));
  expect(log.slice(0, 5)).toEqual(['start', 'read', 'read', 'step', 'read']);
});

it('may answer at once', async () => {
  const run = tinyRun({ epochs: 1 });
  const [there, here] = await Promise.all(
    [readDataset(tinyDataset(), (read) => read), run.dataset].map(
      async (dataset) => eventsOf(await collectEvents(train({ ...run, dataset })), 'end')[0]!.weights,
    ),
  );
  expect(there).toEqual(here);
});

it('has the loss of the same set in memory', async () => {
  const model = tinyModel();
  const objective = createObjective(model);
  const { validation } = tinyDataset();
  const loss = (set: ImageSet | ImageSource) =>
    evaluateLoss(objective, model.initialize(1), set, { batchSize: 3 });
  expect(await loss(sourceOf(validation, later))).toEqual(await loss(validation));
});

describe('a source that fails', () => {
  const failing = (answer: (read: Read) => unknown) =>
    collectEvents(
      train(tinyRun({ dataset: readDataset(tinyDataset(), answer as (read: Read) => PromiseLike<Read>) })),
    );

  it.each<[string, (read: Read) => unknown, string]>([
    ['rejects', () => Promise.reject(new Error('the disk is gone')), 'the disk is gone'],
    [
      'throws',
      () => {
        throw new Error('no such row');
      },
      'no such row',
    ],
    ['rejects with null', () => Promise.reject(null), 'read: the source failed with null'],
    [
      'throws a string',
      () => {
        throw 'gone';
      },
      'read: the source failed with gone',
    ],
    ['gives nothing', () => undefined, 'read: x.data must be a Uint8Array'],
    [
      'gives fewer images',
      (read) => ({ ...read, x: { ...read.x, data: read.x.data.slice(12) } }),
      'read: 5 images of 4 x 3 x 1 were asked for, 60 numbers; got 48 of 5 images',
    ],
    [
      'gives floats from 0 to 255',
      (read) => ({ ...read, x: { ...read.x, data: Float32Array.from(read.x.data) } }),
      'Divide by 255',
    ],
  ])('%s: the run ends with its reason', async (_, answer, reason) => {
    await expect(failing(answer)).rejects.toThrow(reason);
  });

  it('in a later batch leaves no rejection unhandled', async () => {
    let reads = 0;
    const slow = (read: Read) =>
      ++reads > 2 ? later(read).then(() => Promise.reject(new Error('late'))) : read;
    await expect(failing(slow)).rejects.toThrow('late');
  });

  it('does not keep an aborted run waiting for a read that never ends', async () => {
    const stop = new AbortController();
    let reads = 0;
    const dataset = readDataset(tinyDataset(), (read) => {
      if (++reads < 3) return read;
      setImmediate(() => stop.abort());
      return new Promise(() => {});
    });
    const events = await collectEvents(train(tinyRun({ dataset, signal: stop.signal })));
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'aborted' });
    expect(eventsOf(events, 'checkpoint').at(-1)!.checkpoint.progress.batch).toBe(2);
  });

  it.each(['null', 'an error', 'nothing'])(
    'does not keep an aborted run waiting for a validation read that never ends, aborted with %s',
    async (reason) => {
      const stop = new AbortController();
      const { name, train: set, validation } = tinyDataset();
      const never = sourceOf(validation, () => {
        setImmediate(() => stop.abort({ null: null, 'an error': new Error('enough') }[reason]));
        return new Promise(() => {});
      });
      const dataset = { name, train: set, validation: never };
      const events = await collectEvents(train(tinyRun({ dataset, signal: stop.signal })));
      expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'aborted' });
      const { progress } = eventsOf(events, 'checkpoint').at(-1)!.checkpoint;
      expect(progress).toMatchObject({ epoch: 0, batch: 5 });

      const { signal } = stop;
      const model = tinyModel();
      const asked = evaluateLoss(createObjective(model), model.initialize(1), never, { signal });
      await expect(asked).rejects.toBe(signal.reason);
    },
  );

  it('brings no labels for a model that is told them', async () => {
    const { model, dataset } = conditional();
    const { train: set, validation } = readDataset(dataset, ({ labels: _, ...read }) => read);
    await expect(
      collectEvents(train(tinyRun({ model, dataset: { name: 'silent', train: set, validation } }))),
    ).rejects.toThrow('the given images have no labels');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWasmBackend } from '@latentkit/backend';
import { LatentkitError } from '@latentkit/core';
import { digitsDataset } from '@latentkit/datasets';
import { type TrainingEvent, train } from '@latentkit/trainers';
import { beforeAll, describe, expect, it } from 'vitest';
import { RUN_FILES } from '../files/run-files.ts';
import { loadRun } from '../node/load-run.ts';
import { nodeRunStore } from '../node/node-run-store.ts';
import { resumeExperiment } from '../node/resume-experiment.ts';
import { collect } from '../testing/collect.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { trainingOf } from '../training-of.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import { exportRun } from './move-run.ts';
import { readSavedRun } from './read-saved-run.ts';
import type { RunStore } from './run-store.ts';
import { listSavedRuns, resumeRun, type SavingRun, saveRun } from './saved-runs.ts';

const SCHEDULES = { learningRate: { type: 'cosine', from: 0.01, to: 0.001 } } as const;
const config = tinyConfig({}, { epochs: 3, ...SCHEDULES });
const dataset = tinyDataset();
const root = tempDirectory();
const unbroken = join(root, 'unbroken');

beforeAll(async () => {
  await startWasmBackend();
  await trainRun({ out: unbroken, config, eager: true });
});

/** Reads and saves events, up to one of them. */
async function follow(
  run: SavingRun,
  events: AsyncIterable<TrainingEvent>,
  isLast: (event: TrainingEvent) => boolean = () => false,
) {
  for await (const event of events) {
    await run.save(event);
    if (isLast(event)) break;
  }
}

const isAt = (epoch: number, batch: number) => (event: TrainingEvent) =>
  event.type === 'step' && event.epoch === epoch && event.batch === batch;

/** Trains up to the middle of epoch 2, with a checkpoint after each batch. */
async function trainToTheMiddle(store: RunStore, name: string) {
  const run = await saveRun(store, name, { config, dataset });
  await follow(run, train({ ...trainingOf(config, dataset), checkpointSeconds: 1e-9 }), isAt(2, 3));
  await run.close();
}

/** A run's files but for times, as text. */
async function timeless(store: RunStore, name: string): Promise<Record<string, string>> {
  const files = await exportRun(store, name);
  return Object.fromEntries(
    files
      .filter(({ name }) => name !== RUN_FILES.end && name !== RUN_FILES.checkpoint)
      .map(({ name, bytes }) => [
        name,
        new TextDecoder('latin1')
          .decode(bytes)
          .replace(/"seconds":[^,}]*/g, '')
          .replace(/,[^,]*$/gm, name === RUN_FILES.table ? '' : '$&'),
      ]),
  );
}

describe('a run that is saved', () => {
  it('is the files that the command line writes, to the byte', async () => {
    const store = createMemoryRunStore();
    const run = await saveRun(store, 'first', { config, dataset });
    await follow(run, train(trainingOf(config, dataset)));
    await run.close();
    expect(await timeless(store, 'first')).toEqual(await timeless(nodeRunStore(root), 'unbroken'));
  });

  it('need not be waited for: of checkpoints that wait the newest alone is written', async () => {
    const store = createMemoryRunStore();
    const written: string[] = [];
    const watched: RunStore = {
      ...store,
      async open(name) {
        const writer = await store.open(name);
        const write: typeof writer.write = async (file, content) => {
          written.push(file);
          await new Promise((resolve) => setImmediate(resolve)); // training goes on meanwhile
          await writer.write(file, content);
        };
        return { ...writer, write };
      },
    };
    const run = await saveRun(watched, 'first', { config, dataset });
    const saved = (await collect(train(trainingOf(config, dataset)))).map((event) => run.save(event));
    await run.close();
    await Promise.all(saved);
    expect(written.filter((file) => file === RUN_FILES.checkpoint)).toHaveLength(1);
    expect(await timeless(store, 'first')).toEqual(await timeless(nodeRunStore(root), 'unbroken'));
  });

  it('is listed with its state from the first checkpoint on, and opened at its end', async () => {
    const store = createMemoryRunStore();
    const run = await saveRun(store, 'first', { config, dataset });
    const states: unknown[] = [];
    for await (const event of train(trainingOf(config, dataset))) {
      await run.save(event);
      if (event.type === 'checkpoint' || event.type === 'start') {
        const [run] = await listSavedRuns(store);
        if (run && run.state !== 'damaged') states.push([run.state, run.epochs, run.of]);
      }
    }
    await run.close();
    expect(states).toEqual([0, 1, 2, 3].map((epochs) => ['writing', epochs, 3]));
    const [listed] = await listSavedRuns(store);
    expect(listed).toMatchObject({ name: 'first', state: 'finished', epochs: 3, of: 3, recipe: 'tiny' });
    const bytes = (await store.files('first').list()).map((file) => file.bytes);
    expect(listed!.bytes).toBe(bytes.reduce((a, b) => a + b));
    const { weights, spec, data } = await readSavedRun(store.files('first'));
    expect(Object.keys(weights)).toContain('decoder.output.kernel');
    expect([spec.latentDim, data?.name]).toEqual([2, 'digits']);
  });

  it('leaves nothing where it came to no checkpoint', async () => {
    const store = createMemoryRunStore();
    const run = await saveRun(store, 'first', { config, dataset });
    await follow(run, train(trainingOf(config, dataset)), isAt(1, 2));
    expect(await store.list()).toEqual(['first']);
    await run.close();
    expect(await store.list()).toEqual([]);
  });

  it('has no name that another one has', async () => {
    const store = createMemoryRunStore();
    await trainToTheMiddle(store, 'first');
    const before = await timeless(store, 'first');
    await expect(saveRun(store, 'first', { config, dataset })).rejects.toMatchObject({ code: 'E_EXISTS' });
    expect(await timeless(store, 'first')).toEqual(before);
    await (await store.open('first')).close(); // not held by the one that was refused
  });

  it.each([
    ['the config', RUN_FILES.config],
    ['the data', RUN_FILES.data],
    ['rows', RUN_FILES.metrics],
    ['the table', RUN_FILES.table],
    ['a checkpoint', RUN_FILES.checkpoint],
  ])('trains on where %s are refused for a while, and is whole in the end', async (_, refused) => {
    const store = createMemoryRunStore();
    let isFull = true;
    const full = async () => {
      throw new LatentkitError('E_IO', 'full');
    };
    const stingy: RunStore = {
      ...store,
      async open(name) {
        const writer = await store.open(name);
        const guard =
          (act: (name: string, text: string) => Promise<void>) => (name: string, text: string | Uint8Array) =>
            isFull && name === refused ? full() : act(name, text as string);
        return { ...writer, write: guard(writer.write), append: guard(writer.append) };
      },
    };
    const run = await saveRun(stingy, 'first', { config, dataset });
    const failures: string[] = [];
    for await (const event of train(trainingOf(config, dataset))) {
      await run.save(event).catch((error: LatentkitError) => failures.push(error.code));
      if (event.type === 'epoch' && event.epoch === 2) isFull = false;
    }
    await run.close();
    expect(new Set(failures)).toEqual(new Set(['E_IO']));
    expect(await timeless(store, 'first')).toEqual(await timeless(nodeRunStore(root), 'unbroken'));
  });
});

describe('a run that was cut off in the middle of an epoch', () => {
  it('goes on to the bytes of one that was not', async () => {
    const store = createMemoryRunStore();
    await trainToTheMiddle(store, 'first');
    expect(await listSavedRuns(store)).toMatchObject([
      { state: 'stopped', epochs: 1, of: 3, canResume: true },
    ]);
    const run = await resumeRun(store, 'first', { dataset });
    expect(run.checkpoint.progress).toMatchObject({ epoch: 1, batch: 2 });
    await follow(run, train({ ...trainingOf(run.config, dataset), checkpoint: run.checkpoint }));
    await run.close();
    expect(await timeless(store, 'first')).toEqual(await timeless(nodeRunStore(root), 'unbroken'));
  });

  it('on a disk is gone on with by the command line, to the same bytes', async () => {
    await trainToTheMiddle(nodeRunStore(root), 'broken');
    const events = resumeExperiment({ directory: join(root, 'broken'), dataset, eager: true });
    for await (const event of events) if (event.type === 'end') break;
    const [was, is] = ['unbroken', 'broken'].map((name) => readFileSync(join(root, name, RUN_FILES.weights)));
    expect(is!.equals(was!)).toBe(true);
    const run = await loadRun(join(root, 'broken'));
    expect(run.epoch).toBe(3);
    run.dispose();
  });

  it('is not gone on with by other data, nor over its end, nor where there is none', async () => {
    const store = createMemoryRunStore();
    await trainToTheMiddle(store, 'first');
    const other = digitsDataset({ train: 200, validation: 40, seed: 5 });
    await expect(resumeRun(store, 'first', { dataset: other })).rejects.toMatchObject({ code: 'E_USAGE' });
    await expect(resumeRun(store, 'second', { dataset })).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
    const run = await resumeRun(store, 'first', { dataset });
    await expect(resumeRun(store, 'first', { dataset })).rejects.toMatchObject({ code: 'E_EXISTS' });
    const rest = await collect(train({ ...trainingOf(run.config, dataset), checkpoint: run.checkpoint }));
    for (const event of rest) await run.save(event);
    await run.close();
    await expect(resumeRun(store, 'first', { dataset })).rejects.toMatchObject({
      code: 'E_USAGE',
      message: expect.stringContaining('this run is finished: its 3 epochs are done'),
    });
    const longer = await resumeRun(store, 'first', { dataset, epochs: 4 });
    expect(longer.notes).toHaveLength(1);
    await longer.close();
  });

  it('says options that there are not', async () => {
    const store = createMemoryRunStore();
    const odd = { config, dataset, datum: 1 } as never;
    await expect(saveRun(store, 'first', odd)).rejects.toMatchObject({ code: 'E_CONFIG' });
    await expect(resumeRun(store, 'first', odd)).rejects.toMatchObject({ code: 'E_CONFIG' });
    await expect(saveRun(store, 'first', { dataset } as never)).rejects.toMatchObject({ code: 'E_CONFIG' });
  });
});

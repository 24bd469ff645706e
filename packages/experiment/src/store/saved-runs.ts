import { type Dataset, type Examples, LatentkitError } from '@latentkit/core';
import {
  anything,
  checkOptions,
  functionRule,
  needed,
  type OptionRules,
  objectRule,
  whole,
} from '@latentkit/core/options';
import type { TrainingEvent } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import type { RunEnd } from '../files/run-end.ts';
import { BEGINNING_FILES, RUN_FILES } from '../files/run-files.ts';
import { parseConfig } from '../parse-config.ts';
import { byTime, describeRun, type RunDescription } from './describe-run.ts';
import { environmentHere } from './environment-here.ts';
import { type Continuation, planContinuation } from './plan-continuation.ts';
import { createRunFileWriter } from './run-file-writer.ts';
import { createRunSaver } from './run-saver.ts';
import type { RunStore, RunWriter } from './run-store.ts';
import { checkStore, isThereAlready } from './store-rules.ts';

/** A run of a store. */
export type SavedRunInfo = {
  readonly name: string;
  /** What all its files take. */
  readonly bytes: number;
} & RunDescription;

/**
 * The runs of a store, newest first: complete, stopped at some epoch, being written, or damaged and why. Reads no weights.
 *
 * @example
 * const [newest] = await listSavedRuns(store);
 * newest; // { name: 'first', state: 'stopped', epochs: 4, of: 10, canResume: true, bytes: 5662310, ... }
 */
export async function listSavedRuns(store: RunStore): Promise<SavedRunInfo[]> {
  checkStore('listSavedRuns', store);
  const runs = await Promise.all(
    (await store.list()).map(async (name) => {
      const files = store.files(name);
      const bytes = (await files.list()).reduce((sum, file) => sum + file.bytes, 0);
      return { name, bytes, ...(await describeRun(files)) };
    }),
  );
  return byTime(runs, ({ name }) => name);
}

/** A run that is being saved, and that nobody else writes until `close()`. */
export interface SavingRun {
  /**
   * Writes what an event tells, each file whole or not at all: the config and the data at the start, rows and checkpoint at a checkpoint,
   * the model at the end. Training need not wait for it: events are written one after the other, and of checkpoints that wait the newest
   * alone. Nor need it end after a refusal: the next event tries again what is missing.
   *
   * @throws `E_IO` where the store refuses.
   */
  save(event: TrainingEvent): Promise<void>;
  /** Writes what is under way, and lets others write. A run that has come to no checkpoint leaves no file. */
  close(): Promise<void>;
}

interface SavingOptions {
  /** The data that the run is made with. */
  dataset: Dataset<Examples>;
  /** What it is computed on, for its reader; tfjs's version and the browser's name by default. */
  environment?: RunEnd['environment'];
  /** The end's date; now by default. */
  date?: () => Date;
}

export interface SaveRunOptions extends SavingOptions {
  config: ExperimentConfig;
}

export interface ResumeRunOptions extends SavingOptions {
  /** The epoch to stop after, those done included; the run's own by default. */
  epochs?: number;
}

const RULES: OptionRules<SavingOptions> = {
  dataset: needed(objectRule),
  environment: objectRule,
  date: functionRule,
};

/**
 * Saves a new run as it is trained, as the files that the command line writes.
 *
 * @throws `E_EXISTS` where there is a run of that name; `E_USAGE` for a name that no folder can have; `E_CONFIG` for a config that
 * does not fit.
 * @example
 * const run = await saveRun(store, 'first', { config, dataset });
 * for await (const event of train({ ...trainingOf(config, dataset), checkpointSeconds: 10 })) await run.save(event);
 * await run.close();
 */
export async function saveRun(store: RunStore, name: string, options: SaveRunOptions): Promise<SavingRun> {
  checkStore('saveRun', store);
  checkOptions('saveRun', options, { ...RULES, config: anything });
  const config = parseConfig(options.config);
  const files = await store.open(name);
  try {
    if ((await files.list()).length > 0) throw isThereAlready(name);
  } catch (error) {
    await files.close();
    throw error;
  }
  return savingRun(files, { ...options, config });
}

/**
 * Goes on with a run from its checkpoint, to the bytes that it would have come to uninterrupted. What it gives is what `train` is to
 * be told.
 *
 * @throws before anything is changed: `E_NOT_FOUND` where there is no checkpoint; `E_EXISTS` while somebody writes the run; `E_USAGE`
 * naming what differs for other data, and for a run that is finished; `E_FORMAT`, `E_CONFIG`, `E_NOT_FINITE` for damaged files.
 * @example
 * const { config, checkpoint, ...run } = await resumeRun(store, 'first', { dataset });
 * for await (const event of train({ ...trainingOf(config, dataset), checkpoint })) await run.save(event);
 * await run.close();
 */
export async function resumeRun(
  store: RunStore,
  name: string,
  options: ResumeRunOptions,
): Promise<SavingRun & Continuation> {
  checkStore('resumeRun', store);
  checkOptions('resumeRun', options, { ...RULES, epochs: whole(1) });
  const files = await store.open(name);
  try {
    if (!(await files.has(RUN_FILES.checkpoint))) {
      throw new LatentkitError('E_NOT_FOUND', `${name}: there is no checkpoint to go on from`, {
        fix: 'Train it anew',
      });
    }
    const { dataset, epochs } = options;
    const plan = await planContinuation(files, { dataset, epochs, lastFile: RUN_FILES.model });
    return { ...plan, ...savingRun(files, { ...options, ...plan }) };
  } catch (error) {
    await files.close();
    throw error;
  }
}

function savingRun(
  files: RunWriter,
  {
    config,
    dataset,
    checkpoint,
    data,
    environment = environmentHere(),
    date = () => new Date(),
  }: SaveRunOptions & Partial<Continuation>,
): SavingRun {
  const save = createRunSaver(createRunFileWriter(files), {
    ...{ config, dataset, checkpoint, data, environment, date },
  });
  let written: Promise<unknown> = Promise.resolve();
  let newest: TrainingEvent | undefined;
  return {
    save(event) {
      if (event.type === 'checkpoint') newest = event;
      const saving = written.then(async () => {
        if (event.type !== 'checkpoint' || event === newest) await save(event);
      });
      written = saving.catch(() => {}); // told to whoever waits for it
      return saving;
    },
    async close() {
      await written;
      try {
        const names = (await files.list()).map((file) => file.name);
        if (!names.every((name) => BEGINNING_FILES.includes(name))) return;
        for (const name of names) await files.remove(name);
      } finally {
        await files.close();
      }
    },
  };
}

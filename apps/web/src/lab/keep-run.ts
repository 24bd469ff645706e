import { type Dataset, nextTurn } from '@latentkit/core';
import type { ExperimentConfig } from '@latentkit/experiment';
import {
  datedRunName,
  freeRunName,
  type RunStore,
  resumeRun,
  type SavingRun,
  saveRun,
} from '@latentkit/experiment/store';
import type { Checkpoint, TrainingEvent } from '@latentkit/trainers';
import { type Fault, faultOf } from './fault.ts';
import type { LabEvent } from './messages.ts';
import { saveAtTimes, type TimedSaving } from './save-at-times.ts';
import { inMemory, openStore, storeOf } from './stored-runs.ts';

/** Between two checkpoints that are written: to hash and to write them takes time from training. */
const SAVE_SECONDS = 10;
/** Training stands still so long at most for what is written; a checkpoint takes some 60 ms. */
const MOST_WAIT_MS = 200;
const EARLIER: Fault = { message: 'an earlier write was refused', code: 'E_IO' };

export type KeepEvent = Extract<LabEvent, { type: 'kept' | 'unkept' }>;

/** A run that is written while it is trained. */
export interface KeptRun extends Pick<TimedSaving, 'save'> {
  /**
   * To be waited for between events: a browser writes only while the event loop turns, some thirty times a file, and steps leave it no
   * turns. Over at once where nothing is being written; else training stands still for it, for a while at most, and a turn an event then.
   */
  giveWay(): Promise<void>;
  /** Writes the newest checkpoint if it is not written yet, and waits for what is being written. */
  flush(): Promise<void>;
  readonly name: string;
  /** Where it goes on. */
  readonly checkpoint?: Checkpoint | undefined;
  /** Writes what is not written yet, and lets others write. */
  close(): Promise<void>;
}

interface KeepOptions {
  /** A kept run to go on with. */
  resume?: string | undefined;
  /** Where a new run goes on from. */
  from?: Checkpoint | undefined;
  /** Hears where the run is kept, and when that changes. */
  tell(event: KeepEvent): void;
}

/**
 * A run's place among those that are kept: a new one, or one to go on with. What the browser refuses is kept in memory, and tried
 * again.
 *
 * @throws what `resumeRun` throws for a run that cannot go on.
 */
export async function keepRun(
  config: ExperimentConfig,
  dataset: Dataset,
  { resume, from, tell }: KeepOptions,
): Promise<KeptRun> {
  if (resume !== undefined) {
    const store = await storeOf(resume);
    if (store === inMemory) {
      const { why } = await openStore();
      tell({ type: 'unkept', why: why ?? EARLIER, isRefused: why === undefined });
    }
    const run = await resumeRun(store, resume, { dataset });
    const place = { run, name: resume, store, checkpoint: run.checkpoint };
    return keeping(place, { config: run.config, dataset, tell });
  }
  const { store, why } = await openStore();
  if (why !== undefined) tell({ type: 'unkept', why, isRefused: false });
  try {
    return keeping(
      { ...(await newRun(store, config, dataset)), checkpoint: from },
      { config, dataset, tell },
    );
  } catch (error) {
    // A run that cannot be kept is trained all the same.
    tell({ type: 'unkept', why: faultOf(error), isRefused: true });
    return keeping(
      { ...(await newRun(inMemory, config, dataset)), checkpoint: from },
      { config, dataset, tell },
    );
  }
}

interface PlacedRun extends Pick<KeptRun, 'name' | 'checkpoint'> {
  readonly run: SavingRun;
  readonly store: RunStore;
}

/** Another tab may take the same name within the same second. */
async function newRun(
  store: RunStore,
  config: ExperimentConfig,
  dataset: Dataset,
): Promise<Omit<PlacedRun, 'checkpoint'>> {
  for (let attempt = 1; ; attempt++) {
    const wanted = datedRunName(config.recipe) + (attempt === 1 ? '' : `-${attempt}`);
    const name = await freeRunName(store, wanted);
    try {
      return { name, store, run: await saveRun(store, name, { config, dataset }) };
    } catch (error) {
      if ((error as { code?: string }).code !== 'E_EXISTS' || attempt === 3) throw error;
    }
  }
}

function keeping(
  { run, name, store, checkpoint }: PlacedRun,
  { config, dataset, tell }: { config: ExperimentConfig; dataset: Dataset; tell(event: KeepEvent): void },
): KeptRun {
  /** There while the browser refuses. */
  let spare: Promise<SavingRun> | undefined;
  let newest: TrainingEvent | undefined;
  let told: 'browser' | 'memory' | undefined;

  function tellKept(where: 'browser' | 'memory', event: TrainingEvent): void {
    // Before its first checkpoint there is nothing to go on from.
    if (told === where || (event.type === 'start' && !checkpoint)) return;
    told = where;
    tell({ type: 'kept', name, where });
  }
  async function openSpare(): Promise<SavingRun> {
    await inMemory.remove(name);
    const run = await saveRun(inMemory, name, { config, dataset });
    if (newest) await run.save(newest);
    return run;
  }
  async function closeSpare(): Promise<void> {
    const before = spare;
    spare = undefined;
    await (await before)?.close();
    await inMemory.remove(name);
  }
  async function write(event: TrainingEvent): Promise<void> {
    if (event.type === 'checkpoint') newest = event;
    try {
      await run.save(event);
    } catch (error) {
      if (!spare) tell({ type: 'unkept', why: faultOf(error), isRefused: true });
      spare ??= openSpare();
      await (await spare).save(event);
      tellKept('memory', event);
      return;
    }
    if (spare) await closeSpare();
    tellKept(store === inMemory ? 'memory' : 'browser', event);
  }

  /** Over when all that was told so far is written, or refused. */
  let written: Promise<unknown> = Promise.resolve();
  let beingWritten = 0;
  let waitsUntil = 0;
  const { save, flush } = saveAtTimes(
    (event) => {
      if (beingWritten === 0) waitsUntil = performance.now() + MOST_WAIT_MS;
      beingWritten++;
      const writing = write(event).finally(() => {
        beingWritten--;
      });
      written = Promise.allSettled([written, writing]);
      return writing;
    },
    { seconds: SAVE_SECONDS },
  );
  return {
    ...{ name, checkpoint, save },
    async giveWay() {
      if (beingWritten === 0) return;
      const left = waitsUntil - performance.now();
      await (left > 0 ? Promise.race([written, after(left)]) : nextTurn());
    },
    async flush() {
      await flush();
      await written;
    },
    async close() {
      try {
        await flush();
      } finally {
        await written;
        await (await spare)?.close();
        await run.close();
      }
    },
  };
}

const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

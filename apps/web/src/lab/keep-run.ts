import type { Dataset } from '@latentkit/core';
import type { ExperimentConfig } from '@latentkit/experiment';
import {
  type Continuation,
  createMemoryRunStore,
  datedRunName,
  freeRunName,
  listSavedRuns,
  openOpfsRunStore,
  type RunStore,
  readCheckpoint,
  resumeRun,
  type SavingRun,
  saveRun,
} from '@latentkit/experiment/store';
import type { Unfinished } from './messages.ts';
import { saveAtTimes, type TimedSaving } from './save-at-times.ts';

/** So many finished runs are kept, the newest: their links train the others again, to the same weights. */
const MOST_FINISHED = 10;
/** Between two checkpoints that are written: to hash and to write them takes time from training. */
const SAVE_SECONDS = 10;

let opened: Promise<{ store: RunStore; why?: string }> | undefined;

/** The browser's files of this page; where it gives none (a private window, plain http), this worker's memory. */
function openStore(): Promise<{ store: RunStore; why?: string }> {
  opened ??= openOpfsRunStore().then(
    (store) => ({ store }),
    (error: Error) => ({ store: createMemoryRunStore(), why: error.message }),
  );
  return opened;
}

/** A run that is written while it is trained. */
export interface KeptRun extends TimedSaving, Partial<Pick<Continuation, 'checkpoint'>> {
  /** Absent where what is written does not outlive the worker. */
  readonly name?: string;
  /** Writes what is not written yet, and lets others write. */
  close(): Promise<void>;
}

/**
 * A run's place among those that are kept: a new one, or one to go on with.
 *
 * @param hear is told why nothing is kept beyond this tab.
 * @throws what `resumeRun` throws for a run that cannot go on.
 */
export async function keepRun(
  config: ExperimentConfig,
  dataset: Dataset,
  { resume, hear }: { resume?: string | undefined; hear: (why: string) => void },
): Promise<KeptRun> {
  const { store, why } = await openStore();
  if (why) hear(why);
  if (resume !== undefined) {
    const run = await resumeRun(store, resume, { dataset });
    return { checkpoint: run.checkpoint, ...timed(run), name: resume };
  }
  const name = await freeRunName(store, datedRunName(config.recipe));
  try {
    await dropOldest(store);
    return { ...timed(await saveRun(store, name, { config, dataset })), ...(why === undefined && { name }) };
  } catch (error) {
    // A run that cannot be kept is trained all the same.
    hear((error as Error).message);
    return { save: async () => false, flush: async () => false, close: async () => {} };
  }
}

function timed(run: SavingRun): Pick<KeptRun, keyof TimedSaving | 'close'> {
  const { save, flush } = saveAtTimes(run.save, { seconds: SAVE_SECONDS });
  return {
    save,
    flush,
    async close() {
      try {
        await flush();
      } finally {
        await run.close();
      }
    },
  };
}

async function dropOldest(store: RunStore): Promise<void> {
  const finished = (await listSavedRuns(store)).filter(({ state }) => state === 'finished');
  // One that stopped before its end is nobody's to take away.
  for (const { name } of finished.slice(MOST_FINISHED)) await store.remove(name);
}

/** The config of a run that is gone on with. */
export async function configOfRun(name: string): Promise<ExperimentConfig> {
  const { store } = await openStore();
  return (await readCheckpoint(store.files(name))).config;
}

/** The newest run, if it stopped before its end and nobody writes it. */
export async function findUnfinished(): Promise<Unfinished | undefined> {
  const { store } = await openStore();
  const [newest] = await listSavedRuns(store);
  if (newest?.state !== 'stopped' || !newest.canResume) return undefined;
  const { name, epochs, of, at } = newest;
  return { name, epochs, of, at, config: await configOfRun(name) };
}

/** Takes a run away. */
export async function forgetRun(name: string): Promise<void> {
  await (await openStore()).store.remove(name);
}

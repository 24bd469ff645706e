import { createAccelerator } from '@latentkit/backend';
import { LatentkitError } from '@latentkit/core';
import { digitsDataset } from '@latentkit/datasets';
import type { ExperimentConfig } from '@latentkit/experiment/config';
import {
  exportRun,
  importRun,
  listSavedRuns,
  openOpfsRunStore,
  type RunStore,
  resumeRun,
  type SavedRunInfo,
  type SavingRun,
  saveRun,
  trainingOf,
} from '@latentkit/experiment/store';
import { type Checkpoint, type TrainingEvent, train } from '@latentkit/trainers';
import { exerciseStore } from './exercise-store.ts';

/** What a page is asked to do with its runs. */
export type StoreTask =
  | { do: 'exercise' | 'list' }
  /** Trains and saves up to the middle of an epoch, and stays there. */
  | { do: 'halt'; run: string }
  /** Trains and saves, a file half written beside; answers at some checkpoint, and goes on with it. */
  | { do: 'begin'; run: string; checkpoints: number }
  /** Goes on to the end, and tells what was refused on the way. */
  | { do: 'resume'; run: string }
  | { do: 'export' | 'remove'; run: string }
  | { do: 'import'; run: string; files: Record<string, string> }
  | { do: 'rename'; run: string; name: string };

/** What it answers. */
export interface StoreOutcome {
  runs: SavedRunInfo[];
  /** Files that no run has. */
  strays: string[];
  told?: unknown[];
  /** By path, in base64. */
  files?: Record<string, string>;
  /** Codes and sentences. */
  refused?: string[];
}

const EPOCHS = 6;

/** A small run, of schedules that last as long as it. */
export const KEPT_CONFIG: ExperimentConfig = {
  recipe: 'kept',
  dataset: { name: 'digits', limit: 200 },
  model: {
    kind: 'vae',
    latentDim: 2,
    encoder: { type: 'mlp', hidden: [32], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [32], activation: 'relu' },
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
  },
  training: {
    ...{ epochs: EPOCHS, batchSize: 50, seed: 7 },
    optimizer: { name: 'adam' },
    learningRate: { type: 'cosine', from: 0.01, to: 0.001 },
  },
};

export const keptDataset = () => digitsDataset({ train: 200, validation: 40 });

/** Keeps runs in the page's private file system. */
export async function keepRuns(task: StoreTask): Promise<StoreOutcome> {
  const store = await openOpfsRunStore();
  const more = await carryOut(store, task);
  const runs = await listSavedRuns(store);
  return { runs, strays: await listStrays(), ...more };
}

async function carryOut(store: RunStore, task: StoreTask): Promise<Partial<StoreOutcome>> {
  if (task.do === 'exercise') return { told: await exerciseStore(store) };
  if (task.do === 'halt') await trainOn(await begin(store, task.run), { until: { epoch: 2, batch: 3 } });
  if (task.do === 'begin') {
    const run = await begin(store, task.run);
    let left = task.checkpoints;
    await new Promise<void>((resolve, reject) => {
      trainOn(run, { onCheckpoint: () => --left === 0 && resolve() }).catch(reject);
    });
    await leaveHalf(task.run);
  }
  if (task.do === 'resume') {
    const { checkpoint, ...run } = await resumeRun(store, task.run, { dataset: keptDataset() });
    const refused = await trainOn(run, { checkpoint });
    await run.close();
    return { refused };
  }
  if (task.do === 'export') {
    const files = (await exportRun(store, task.run)).map(({ name, bytes }) => [name, toBase64(bytes)]);
    return { files: Object.fromEntries(files) };
  }
  if (task.do === 'import') {
    const files = Object.entries(task.files).map(([name, text]) => ({ name, bytes: fromBase64(text) }));
    await importRun(store, task.run, files);
  }
  if (task.do === 'rename') await store.rename(task.run, task.name);
  if (task.do === 'remove') await store.remove(task.run);
  return {};
}

function begin(store: RunStore, name: string): Promise<SavingRun> {
  return saveRun(store, name, { config: KEPT_CONFIG, dataset: keptDataset() });
}

interface TrainOn {
  checkpoint?: Checkpoint;
  until?: { epoch: number; batch: number };
  onCheckpoint?: () => void;
}

/** Trains with a checkpoint after each batch; what is refused does not stop it. */
async function trainOn(run: SavingRun, { checkpoint, until, onCheckpoint }: TrainOn): Promise<string[]> {
  const accelerator = await createAccelerator({ workers: 1 });
  const refused: string[] = [];
  const options = { ...trainingOf(KEPT_CONFIG, keptDataset()), checkpoint, accelerator };
  for await (const event of train({ ...options, checkpointSeconds: 1e-9 })) {
    await run.save(event).catch((error: unknown) => {
      if (!(error instanceof LatentkitError)) throw error;
      refused.push(`${error.code} ${error.message}`);
    });
    if (event.type === 'checkpoint') onCheckpoint?.();
    if (isAt(event, until)) break;
  }
  await accelerator.close();
  return refused;
}

function isAt(event: TrainingEvent, place: TrainOn['until']): boolean {
  return event.type === 'step' && event.epoch === place?.epoch && event.batch === place.batch;
}

/** Begins to replace a file of a run, and does not end. */
async function leaveHalf(run: string): Promise<void> {
  let folder = await navigator.storage.getDirectory();
  for (const name of ['runs', run, 'checkpoint']) folder = await folder.getDirectoryHandle(name);
  const writable = await (await folder.getFileHandle('checkpoint.safetensors')).createWritable();
  await writable.write(new Uint8Array(1000));
  Object.assign(globalThis, { writable }); // not to be tidied away with it
}

async function listStrays(): Promise<string[]> {
  const strays: string[] = [];
  const visit = async (folder: FileSystemDirectoryHandle, path: string) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === 'directory') await visit(handle as FileSystemDirectoryHandle, `${path}${name}/`);
      else if (!/\.(json|jsonl|csv|safetensors|svg|png|html)$/.test(name)) strays.push(path + name);
    }
  };
  await visit(await navigator.storage.getDirectory(), '');
  return strays;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

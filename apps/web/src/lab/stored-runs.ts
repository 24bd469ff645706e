import { type ExperimentConfig, tableColumnsOf } from '@latentkit/experiment';
import {
  createMemoryRunStore,
  exportRun,
  freeRunName,
  importRun,
  listSavedRuns,
  type NamedBytes,
  openOpfsRunStore,
  RUN_FILES,
  type RunFiles,
  type RunStore,
  readCheckpoint,
  readDataFile,
} from '@latentkit/experiment/store';
import { encodeZip, parseJson } from '@latentkit/formats';
import { parseSavedModel, type SavedModel } from '@latentkit/models';
import { type Fault, faultOf } from './fault.ts';
import { moving } from './line.ts';
import type { FoundRuns, StoredRun, StoredRuns, Unfinished, ZippedRun } from './run-messages.ts';

/** What the browser refuses to keep lies here, until this worker ends. */
export const inMemory = createMemoryRunStore();
let opened: Promise<{ store: RunStore; why?: Fault }> | undefined;

/** The browser's files of this page; where it gives none (a private window, plain http), this worker's memory. */
export function openStore(): Promise<{ store: RunStore; why?: Fault }> {
  opened ??= openOpfsRunStore().then(
    (store) => ({ store }),
    (error: unknown) => ({ store: inMemory, why: faultOf(error) }),
  );
  return opened;
}

/** Where a run lies: what was written last is in memory, if anything of it is. */
export async function storeOf(name: string): Promise<RunStore> {
  return (await inMemory.list()).includes(name) ? inMemory : (await openStore()).store;
}

/** The config of a run that is gone on with. */
export async function configOfRun(name: string): Promise<ExperimentConfig> {
  return (await readCheckpoint((await storeOf(name)).files(name))).config;
}

/** All runs that this browser keeps, newest first; where it keeps none, why. */
export async function listStored(): Promise<StoredRuns> {
  const { store, why } = await openStore();
  const runs = await Promise.all(
    (await listSavedRuns(store)).map(async (run): Promise<StoredRun> => {
      const files = store.files(run.name);
      const areThere = async (...names: readonly string[]) =>
        (await Promise.all(names.map((name) => files.has(name)))).every(Boolean);
      const hasModel = run.state !== 'damaged' && (await areThere(RUN_FILES.model, RUN_FILES.weights));
      const model = hasModel ? await modelOf(files) : undefined;
      const own = run.state !== 'damaged' && run.dataset === 'arrays' ? await ownOf(files, model) : undefined;
      const fingerprint = model?.weights;
      return { ...run, hasModel, ...(fingerprint && { fingerprint }), ...(own && { own }) };
    }),
  );
  return { runs, ...(why && { why }) };
}

/** What `model.json` says; undefined where it says nothing that can be read. */
async function modelOf(files: RunFiles): Promise<SavedModel | undefined> {
  try {
    const bytes = await files.read(RUN_FILES.model);
    return bytes && parseSavedModel(parseJson(bytes, RUN_FILES.model), RUN_FILES.model);
  } catch {
    return undefined; // opening it says what is wrong
  }
}

/** What is known of a person's own examples. */
async function ownOf(files: RunFiles, model: SavedModel | undefined): Promise<StoredRun['own']> {
  const data = await readDataFile(files).catch(() => undefined); // opening it says what is wrong
  const columns = model && tableColumnsOf(model.spec)?.length;
  return data && { count: data.train.count, ...(columns !== undefined && { columns }) };
}

/** What became of runs that were under way. */
export async function findUnfinished(names: readonly string[]): Promise<FoundRuns> {
  const { store } = await openStore();
  const runs = (await listSavedRuns(store)).filter(({ name }) => names.includes(name));
  const stopped: Unfinished[] = [];
  for (const run of runs) {
    if (run.state !== 'stopped' || !run.canResume) continue;
    const { name, epochs, of } = run;
    const [file] = await store.files(name).list([RUN_FILES.checkpoint]);
    stopped.push({ name, epochs, of, savedAt: file?.modified ?? 0, config: await configOfRun(name) });
  }
  stopped.sort((a, b) => b.savedAt - a.savedAt);
  return { stopped, elsewhere: runs.filter(({ state }) => state === 'writing').map(({ name }) => name) };
}

/** A kept run's files. */
export const filesOfRun = async (name: string): Promise<NamedBytes[]> => exportRun(await storeOf(name), name);

/** A run's files in a folder of its name: what the command line reads. */
export async function exportZip(name: string): Promise<ZippedRun> {
  const zip = encodeZip((await filesOfRun(name)).map((file) => ({ ...file, name: `${name}/${file.name}` })));
  return moving({ zip }, [zip.buffer]);
}

/**
 * Keeps a run that comes from elsewhere, under the name that it has, or one near it.
 *
 * @returns the name.
 * @throws what `importRun` throws for files that are none, and `E_IO` where the browser keeps nothing.
 */
export async function keepFiles(wanted: string, files: readonly NamedBytes[]): Promise<string> {
  const store = await openOpfsRunStore();
  const name = await freeRunName(store, wanted);
  await importRun(store, name, files);
  return name;
}

/** Gives a run another name. */
export async function renameRun(name: string, to: string): Promise<void> {
  await (await storeOf(name)).rename(name, to);
}

/** Takes a run away. */
export async function forgetRun(name: string): Promise<void> {
  await (await storeOf(name)).remove(name);
}

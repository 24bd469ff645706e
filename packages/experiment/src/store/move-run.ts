import { LatentkitError } from '@latentkit/core';
import { checkValue, listRule, type OptionRule } from '@latentkit/core/options';
import { RUN_FILES, RUN_PATHS } from '../files/run-files.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import { readRunConfig } from './read-run-file.ts';
import { readCheckpoint, readSavedRun } from './read-saved-run.ts';
import { readSummary } from './read-summary.ts';
import type { RunStore } from './run-store.ts';
import { checkNewRunName, checkStore, isNotThere, isThereAlready } from './store-rules.ts';

/** A file by its path: of a run, of an archive. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const fileRule: OptionRule = {
  be: 'be { name, bytes }, a text and a Uint8Array',
  code: 'E_USAGE',
  fits(value) {
    const { name, bytes } = Object(value) as Partial<NamedBytes>;
    return typeof name === 'string' && bytes instanceof Uint8Array;
  },
};

/**
 * All files of a run, to be put into an archive or on a disk: in a folder of their own they are a run of the command line.
 *
 * @throws `E_NOT_FOUND` where there is no such run; `E_IO` where one of its files cannot be read.
 * @example
 * for (const { name, bytes } of await exportRun(store, 'first')) zip.add(`first/${name}`, bytes);
 */
export async function exportRun(store: RunStore, run: string): Promise<NamedBytes[]> {
  checkStore('exportRun', store);
  const files = store.files(run);
  if (!(await files.has(RUN_FILES.config))) throw isNotThere(run);
  const found: NamedBytes[] = [];
  for (const { name } of await files.list()) {
    const bytes = await files.read(name);
    if (bytes) found.push({ name, bytes });
  }
  return found;
}

/**
 * Keeps a run that comes as its files, from an archive or a folder that was dropped. Everything is looked into before anything is
 * written, and after a refusal nothing of it is left.
 *
 * @param given files by path; a folder that they all lie in counts as the run's own.
 * @returns the paths of those that are no run's, and were left out.
 * @throws `E_FORMAT` where they are no run or two, or damaged; `E_NOT_FOUND` where a part is missing; `E_CONFIG`, `E_NOT_FINITE` for the same; `E_EXISTS` where there is a run of
 * that name; `E_IO` where the store refuses.
 * @example
 * await importRun(store, 'first', [{ name: 'first/config.json', bytes }, ...]);
 */
export async function importRun(
  store: RunStore,
  run: string,
  given: readonly NamedBytes[],
): Promise<{ leftOut: string[] }> {
  checkStore('importRun', store);
  checkNewRunName('importRun', run);
  checkValue('importRun', 'files', given, listRule);
  for (const file of Array.from(given)) checkValue('importRun', 'a file', file, fileRule);
  const { files, leftOut } = filesOfRun(Array.from(given));
  await checkRun(run, files);
  const writer = await store.open(run);
  try {
    if ((await writer.list()).length > 0) throw isThereAlready(run);
    try {
      for (const { name, bytes } of files) await writer.write(name, bytes);
    } catch (error) {
      for (const { name } of files) await writer.remove(name).catch(() => {}); // what matters is why it came to this
      throw error;
    }
  } finally {
    await writer.close();
  }
  return { leftOut };
}

/** Those that are a run's, by their names in it, the config last: what is cut off before is no run. */
function filesOfRun(given: readonly NamedBytes[]): { files: NamedBytes[]; leftOut: string[] } {
  const named = given.map(({ name, bytes }) => ({ path: name.replaceAll('\\', '/'), bytes }));
  const configs = named.filter(({ path }) => `/${path}`.endsWith(`/${RUN_FILES.config}`));
  if (configs.length !== 1) {
    throw new LatentkitError(
      'E_FORMAT',
      `importRun: expected the files of one run, got ${configs.length} of the name ${RUN_FILES.config}`,
      { fix: 'Give what a run wrote: its folder, or an archive of it' },
    );
  }
  const [{ path: config }] = configs as [(typeof named)[0]];
  const folder = config.slice(0, -RUN_FILES.config.length);
  const files = new Map<string, Uint8Array>();
  const leftOut: string[] = [];
  for (const { path, bytes } of named) {
    const name = path.startsWith(folder) ? path.slice(folder.length) : '';
    if (path === config) continue;
    if (!RUN_PATHS.includes(name)) leftOut.push(path);
    else if (files.has(name)) throw new LatentkitError('E_FORMAT', `importRun: ${path} is there twice`);
    else files.set(name, bytes);
  }
  files.set(RUN_FILES.config, configs[0]!.bytes);
  return { files: Array.from(files, ([name, bytes]) => ({ name, bytes })), leftOut };
}

/** What would be kept is a run that can be opened, or gone on with, and all of it that is there. */
async function checkRun(run: string, files: readonly NamedBytes[]): Promise<void> {
  const store = createMemoryRunStore();
  const writer = await store.open(run);
  for (const { name, bytes } of files) await writer.write(name, bytes);
  const [hasModel, hasCheckpoint] = await Promise.all(
    [RUN_FILES.model, RUN_FILES.checkpoint].map((name) => writer.has(name)),
  );
  await writer.close();
  await readRunConfig(writer);
  if (!hasModel && !hasCheckpoint) {
    throw new LatentkitError(
      'E_FORMAT',
      `importRun: expected a ${RUN_FILES.model} or a ${RUN_FILES.checkpoint}, got neither`,
      { fix: 'Give all files of the run' },
    );
  }
  const needed = [RUN_FILES.metrics, ...(hasModel ? [RUN_FILES.weights] : [])];
  const missing = needed.find((name) => files.every((file) => file.name !== name));
  if (missing !== undefined) {
    throw new LatentkitError('E_NOT_FOUND', `importRun: the run holds no ${missing}`, {
      fix: 'Give all files of the run',
    });
  }
  if (hasModel) await readSavedRun(writer);
  if (hasCheckpoint) await readCheckpoint(writer);
  await readSummary(writer); // what a list of runs reads of each
}

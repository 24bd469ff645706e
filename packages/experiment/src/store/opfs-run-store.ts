import { LatentkitError } from '@latentkit/core';
import { BEGINNING_FILES, RUN_FILES, RUN_PATHS } from '../files/run-files.ts';
import {
  appendToFile,
  fileOf,
  listFiles,
  listLeftovers,
  readFile,
  removeEntry,
  writeFile,
} from './opfs-files.ts';
import type { RunFiles, RunStore } from './run-store.ts';
import { checkNewRunName, checkRunName, isBeingWritten, isNotThere, isThereAlready } from './store-rules.ts';

const FOLDER = 'runs';
const LOCK = 'latentkit/run/';
const WAIT_MS = 500; // for a page that is just being reloaded, or tidies up

/**
 * Runs in the browser's private file system of this site, as the very folders and files that the command line writes. Pages and
 * workers share it; a Web Lock, `latentkit/run/<name>`, lets one of them write a run.
 *
 * @throws `E_IO` where the browser keeps nothing: on plain http, and in the private windows of some.
 * @example
 * const store = await openOpfsRunStore().catch(() => createMemoryRunStore());
 */
export async function openOpfsRunStore(): Promise<RunStore> {
  const runs = await openFolder();

  const files = (run: string): RunFiles => ({
    where: run,
    pathOf: (name) => `${run}/${name}`,
    read: (name) => readFile(runs, `${run}/${name}`),
    has: async (name) => (await fileOf(runs, `${run}/${name}`)) !== undefined,
    list: (names = RUN_PATHS) => listFiles(runs, run, names),
    async state() {
      const { held = [] } = await navigator.locks.query();
      return held.some(({ name }) => name === LOCK + run) ? 'held' : 'free';
    },
  });

  /** A run that was killed before its first checkpoint, or what a kill left of one that was copied or removed. */
  async function isDebris(run: string): Promise<boolean> {
    const names = (await files(run).list()).map(({ name }) => name);
    return !names.includes(RUN_FILES.config) || names.every((name) => BEGINNING_FILES.includes(name));
  }

  /** The config first: what is left after a kill is no run. */
  async function removeRun(run: string) {
    await removeEntry(runs, `${run}/${RUN_FILES.config}`);
    await removeEntry(runs, run);
  }

  /** What somebody who died left of a run that nobody writes now. */
  async function tidy(run: string) {
    if ((await files(run).state()) === 'held') return;
    if (!(await isDebris(run)) && (await listLeftovers(runs, run)).length === 0) return;
    const release = await takeLock(run);
    try {
      if (await isDebris(run)) await removeRun(run);
      else await removeLeftovers(run);
    } finally {
      release();
    }
  }

  async function removeLeftovers(run: string) {
    for (const path of await listLeftovers(runs, run)) await removeEntry(runs, path);
  }

  /** The config last: what is left after a kill is no run. */
  async function copyRun(run: string, name: string) {
    const names = (await files(run).list()).map((file) => file.name);
    for (const path of [...names.filter((path) => path !== RUN_FILES.config), RUN_FILES.config]) {
      const file = await fileOf(runs, `${run}/${path}`);
      if (file) await writeFile(runs, `${name}/${path}`, file);
    }
  }

  return {
    async list() {
      const found: string[] = [];
      for await (const [run, { kind }] of runs.entries()) if (kind === 'directory') found.push(run);
      await Promise.all(found.map((run) => tidy(run).catch(() => {}))); // somebody has just begun to write it
      const there = await Promise.all(found.map((run) => files(run).has(RUN_FILES.config)));
      return found.filter((_, i) => there[i]);
    },
    files(run) {
      checkRunName('files', run);
      return files(run);
    },
    async open(run) {
      checkRunName('open', run);
      const release = await takeLock(run);
      await removeLeftovers(run).catch(() => {}); // whoever writes is told what is refused
      return {
        ...files(run),
        write: (name, content) => writeFile(runs, `${run}/${name}`, content),
        append: (name, text) => appendToFile(runs, `${run}/${name}`, text),
        remove: (name) => removeEntry(runs, `${run}/${name}`),
        close: async () => release(),
      };
    },
    async rename(run, name) {
      checkRunName('rename', run);
      checkNewRunName('rename', name);
      const releases = [await takeLock(run)];
      try {
        if (await isDebris(run)) throw isNotThere(run);
        if (name === run) return;
        releases.push(await takeLock(name));
        if (!(await isDebris(name))) throw isThereAlready(name);
        await removeRun(name);
        await copyRun(run, name).catch(async (error: unknown) => {
          await removeRun(name).catch(() => {}); // what matters is why it came to this
          throw error;
        });
        await removeRun(run);
      } finally {
        for (const release of releases) release();
      }
    },
    async remove(run) {
      checkRunName('remove', run);
      const release = await takeLock(run);
      try {
        await removeRun(run);
      } finally {
        release();
      }
    },
  };
}

async function openFolder(): Promise<FileSystemDirectoryHandle> {
  const refused = (cause?: unknown) =>
    new LatentkitError('E_IO', 'this browser keeps no files for this page', {
      fix: 'Open it over https and in no private window; what it makes here is gone with the page unless it is downloaded',
      cause,
    });
  const { storage, locks } = globalThis.navigator ?? {};
  if (!storage?.getDirectory || !locks) throw refused();
  try {
    return await (await storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
  } catch (cause) {
    throw refused(cause);
  }
}

/** @returns what gives it free again; a page that is closed, or dies, does it as well. */
function takeLock(run: string): Promise<() => void> {
  const signal = AbortSignal.timeout(WAIT_MS);
  return new Promise((resolve, reject) => {
    const hold = () => new Promise<void>((release) => resolve(release));
    navigator.locks.request(LOCK + run, { signal }, hold).catch((error: unknown) => {
      const fix = 'Go on in the tab that trains it, or close that one';
      reject(signal.aborted ? isBeingWritten(run, fix) : error);
    });
  });
}

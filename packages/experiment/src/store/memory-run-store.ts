import { LatentkitError } from '@latentkit/core';
import { RUN_PATHS } from '../files/run-files.ts';
import type { RunFiles, RunStore, RunWriter } from './run-store.ts';
import { checkNewRunName, checkRunName, isBeingWritten, isNotThere, isThereAlready } from './store-rules.ts';

type Kept = Map<string, { bytes: Uint8Array; modified: number }>;

/**
 * Runs in memory, for as long as the program lives: where a browser keeps nothing, and of files that are looked into before they are
 * kept.
 *
 * @example
 * const store = createMemoryRunStore();
 */
export function createMemoryRunStore(): RunStore {
  const runs = new Map<string, Kept>();
  const held = new Set<string>();

  const files = (run: string): RunFiles => ({
    where: run,
    pathOf: (name) => `${run}/${name}`,
    read: async (name) => runs.get(run)?.get(name)?.bytes.slice(),
    has: async (name) => runs.get(run)?.has(name) ?? false,
    async list(names = RUN_PATHS) {
      return names.flatMap((name) => {
        const found = runs.get(run)?.get(name);
        return found ? [{ name, bytes: found.bytes.length, modified: found.modified }] : [];
      });
    },
    state: async () => (held.has(run) ? 'held' : 'free'),
  });

  function checkFree(run: string) {
    if (held.has(run)) throw isBeingWritten(run, 'Wait for its end, or stop it');
  }

  return {
    list: async () => [...runs.keys()],
    files(run) {
      checkRunName('files', run);
      return files(run);
    },
    async open(run): Promise<RunWriter> {
      checkRunName('open', run);
      checkFree(run);
      held.add(run);
      const kept: Kept = runs.get(run) ?? new Map();
      const put = (name: string, bytes: Uint8Array) => {
        runs.set(run, kept);
        kept.set(name, { bytes, modified: Date.now() });
      };
      return {
        ...files(run),
        async write(name, content) {
          put(
            name,
            typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
          );
        },
        async append(name, text) {
          const before = kept.get(name)?.bytes;
          if (!before) throw new LatentkitError('E_IO', `could not write ${run}/${name}: it is gone`);
          const added = new TextEncoder().encode(text);
          const bytes = new Uint8Array(before.length + added.length);
          bytes.set(before);
          bytes.set(added, before.length);
          put(name, bytes);
        },
        async remove(name) {
          kept.delete(name);
          if (kept.size === 0) runs.delete(run);
        },
        async close() {
          held.delete(run);
        },
      };
    },
    async rename(run, name) {
      checkNewRunName('rename', name);
      checkFree(run);
      checkFree(name);
      const kept = runs.get(run);
      if (!kept) throw isNotThere(run);
      if (name === run) return;
      if (runs.has(name)) throw isThereAlready(name);
      runs.set(name, kept);
      runs.delete(run);
    },
    async remove(run) {
      checkFree(run);
      runs.delete(run);
    },
  };
}

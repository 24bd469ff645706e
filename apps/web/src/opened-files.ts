import type { ExperimentConfig } from '@latentkit/experiment/config';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { PickedFile } from './data/dropped-files.ts';
import type { Lab } from './lab/lab.ts';
import type { RunSource } from './lab/run-messages.ts';
import { type SaidFault, sayError } from './text/faults.ts';

/** A run's folder has no more files. */
const MOST_RUN_FILES = 200;
const NO_FILE = 'There is no file in what was dropped or chosen, and what is set stays as it is.';

/** What a person has opened, or given to learn from. */
export interface OpenedFiles {
  /** The folder beside the page whose run is shown; undefined where there is none. */
  readonly folder: ReadonlySignal<string | undefined>;
  /** What could not be opened the last time, and why; undefined for none. */
  readonly unopened: ReadonlySignal<SaidFault | undefined>;
  /** The person's own files to learn from; undefined while folders are looked through for them. */
  readonly files: ReadonlySignal<readonly PickedFile[] | undefined>;
  /** Shows a finished run; false, and nothing changes, where the files are none. */
  open(source: RunSource): Promise<boolean>;
  /**
   * Takes a person's own files: opens them where they are a run, and sets the lab up for them where they are images; or has those of some
   * other use.
   */
  take(picking: Promise<readonly PickedFile[]>, use?: (files: readonly PickedFile[]) => void): Promise<void>;
  /** Something else is shown now. */
  leave(): void;
}

interface OpenedFilesOptions {
  /** The folder beside the page that is opened first: the address says it from the beginning. */
  folder?: string | undefined;
  /** A run is shown that was made elsewhere; without a config, of a model alone. */
  onRun(config: ExperimentConfig | undefined): void;
  /** There are files to learn from: a table, or what becomes images. */
  onFiles(about: { isTable: boolean }): void;
}

export function createOpenedFiles(
  lab: Pick<Lab, 'open' | 'ask'>,
  { folder: first, onRun, onFiles }: OpenedFilesOptions,
): OpenedFiles {
  const folder = signal(first);
  const unopened = signal<SaidFault | undefined>(undefined);
  const files = signal<readonly PickedFile[] | undefined>([]);
  /** Those that were taken last. */
  let taken: readonly PickedFile[] = [];
  let taking = Promise.resolve();

  function leave(): void {
    folder.value = undefined;
    unopened.value = undefined;
  }
  async function open(source: RunSource): Promise<boolean> {
    try {
      const run = await lab.open(source);
      if (!run) return false;
      leave();
      if ('at' in source) folder.value = source.at;
      onRun(run.config);
    } catch (error) {
      const what = 'at' in source ? 'This run' : 'kept' in source ? source.kept : source.name;
      unopened.value = sayError(error, { lead: `${what} cannot be opened` });
    }
    return true;
  }
  async function learnFrom(picked: readonly PickedFile[]): Promise<void> {
    const isOne = picked.length === 1; // of several it is not asked: to hand thousands over holds the page up
    onFiles({ isTable: isOne && (await lab.ask('isTable', { files: picked })) });
    taken = picked;
  }
  async function takeNext(
    picking: Promise<readonly PickedFile[]>,
    use: (picked: readonly PickedFile[]) => unknown = learnFrom,
  ): Promise<void> {
    files.value = undefined;
    unopened.value = undefined;
    try {
      const picked = await picking;
      if (picked.length === 0) {
        unopened.value = { words: NO_FILE };
        return;
      }
      // A run has few files, and to hand thousands over holds the page up.
      if (picked.length <= MOST_RUN_FILES && (await open({ name: nameOf(picked), files: picked }))) return;
      await use(picked);
    } finally {
      files.value = taken;
    }
  }

  return {
    ...{ folder, unopened, files, open, leave },
    take(picking, use) {
      // One after the other: of what is dropped while the first is looked at, the last stays.
      taking = taking.catch(() => {}).then(() => takeNext(picking, use));
      return taking;
    },
  };
}

/** What picked files are called together: the folder they lie in, or the only one. */
export function nameOf([first]: readonly PickedFile[]): string {
  return first?.name.split('/')[0] ?? '';
}

import { LatentkitError } from '@latentkit/core';
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { PickedFile } from '../../data/dropped-files.ts';
import type { RunPicture, StoredRun, StoredRuns } from '../../lab/run-messages.ts';
import { nameOf } from '../../opened-files.ts';
import type { Page } from '../../page.ts';
import { whyNotOnAPage } from '../../state/obstacles.ts';
import { type SaidFault, sayError, sayFault } from '../../text/faults.ts';

/** Looked at again so often while one is being written. */
const AGAIN_MS = 1000;
/** So many runs are laid side by side. */
const BESIDE = 2;

/** How much room the browser gives this page, in bytes. */
export interface Room {
  readonly used: number;
  readonly of: number;
  /** Whether the browser clears it only when a person says so. */
  readonly isLasting: boolean;
}

/** The runs that this browser keeps, and what can be done to them. */
export interface Shelf {
  /** Newest first; undefined until they have been looked for. */
  readonly runs: ReadonlySignal<readonly StoredRun[] | undefined>;
  /** Undefined where the browser does not say. */
  readonly room: ReadonlySignal<Room | undefined>;
  /** What could not be done the last time. */
  readonly fault: ReadonlySignal<SaidFault | undefined>;
  /** What was done last, for those who do not see it. */
  readonly said: ReadonlySignal<string>;
  /** Names of those to be laid side by side. */
  readonly chosen: Signal<readonly string[]>;
  refresh(): Promise<void>;
  /** Nobody looks any more. */
  close(): void;
  choose(name: string, isChosen: boolean): void;
  /** True where it has the other name now. */
  rename(name: string, to: string): Promise<boolean>;
  remove(name: string): Promise<void>;
  /** Keeps a run that comes as its files. */
  keep(picking: Promise<readonly PickedFile[]>): Promise<void>;
  goOn(name: string): Promise<void>;
  download(name: string): Promise<void>;
  /** Asks the browser not to clear what is here by itself. */
  askToLast(): Promise<void>;
  /** What its model draws; each is drawn once. */
  pictureOf(run: StoredRun): Promise<RunPicture | undefined>;
}

/** By weights: they are drawn once, for as long as the page is there. */
const drawn = new Map<string, Promise<RunPicture | undefined>>();

export function createShelf(page: Page): Shelf {
  const runs = signal<StoredRuns['runs'] | undefined>(undefined);
  const room = signal<Room | undefined>(undefined);
  const fault = signal<SaidFault | undefined>(undefined);
  const said = signal('');
  const chosen = signal<readonly string[]>([]);

  let again: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  async function refresh(): Promise<void> {
    try {
      const found = await page.lab.ask('stored', undefined);
      runs.value = found.runs;
      const names = found.runs.map(({ name }) => name);
      if (!chosen.value.every((name) => names.includes(name))) {
        chosen.value = chosen.value.filter((name) => names.includes(name));
      }
      if (found.why) fault.value = sayFault(found.why);
    } catch (error) {
      runs.value ??= [];
      fault.value = sayError(error, { lead: 'The runs cannot be read' });
    }
    room.value = await lookForRoom();
    clearTimeout(again);
    // One that is written changes: here, in another tab, or for the moment that it takes to end.
    if (!isClosed && runs.value?.some(({ state }) => state === 'writing'))
      again = setTimeout(refresh, AGAIN_MS);
  }
  /** Does something, says what could not be done, and looks again: another tab may have done something, too. */
  async function attempt(lead: string, act: () => Promise<string>): Promise<boolean> {
    fault.value = undefined;
    try {
      said.value = await act();
      return true;
    } catch (error) {
      fault.value = sayError(error, { lead });
      return false;
    } finally {
      await refresh();
    }
  }

  return {
    ...{ runs, room, fault, said, chosen, refresh },
    choose(name, isChosen) {
      const others = chosen.value.filter((other) => other !== name);
      chosen.value = isChosen ? [...others, name].slice(-BESIDE) : others;
    },
    rename: (name, to) =>
      attempt(`${name} keeps its name`, async () => {
        await page.kept.rename(name, to);
        chosen.value = chosen.value.map((one) => (one === name ? to : one));
        return `${name} is called ${to} now.`;
      }),
    async remove(name) {
      await attempt(`${name} stays`, async () => {
        await page.kept.forget(name);
        return `${name} is deleted.`;
      });
    },
    async keep(picking) {
      const picked = await picking;
      const name = nameOf(picked);
      await attempt(`${name} is not kept`, async () => {
        return `Kept as ${await page.lab.ask('keep', { name, files: picked })}.`;
      });
    },
    async goOn(name) {
      await attempt(`${name} cannot go on`, async () => {
        // What cannot go on is told here, and what is shown stays.
        const [run] = (await page.lab.unfinished([name])).stopped;
        const why = run ? whyNotOnAPage(run.config, { goesOn: true }) : isElsewhere(name);
        if (why) throw why;
        page.go('train');
        page.goOn(name, run?.config);
        return '';
      });
    },
    async download(name) {
      await attempt(`${name} cannot be taken out`, async () => {
        await page.download(name);
        return `${name} is among your downloads.`;
      });
    },
    close() {
      isClosed = true;
      clearTimeout(again);
    },
    async askToLast() {
      await navigator.storage.persist();
      await refresh();
    },
    pictureOf({ name, fingerprint, at }) {
      const key = fingerprint ?? `${name} ${at}`;
      const picture = drawn.get(key) ?? page.lab.ask('draw', { name });
      drawn.set(key, picture);
      picture.catch(() => drawn.delete(key)); // opening it says what is wrong
      return picture;
    },
  };
}

/** Another tab has begun with it, or it is no longer what the list says. */
const isElsewhere = (name: string): LatentkitError =>
  new LatentkitError('E_EXISTS', `${name} is trained in another tab, or was changed there`, {
    fix: 'Go on in that tab, or close it',
  });

async function lookForRoom(): Promise<Room | undefined> {
  try {
    const { usage, quota } = await navigator.storage.estimate();
    if (usage === undefined || quota === undefined) return undefined;
    return { used: usage, of: quota, isLasting: await navigator.storage.persisted() };
  } catch {
    return undefined;
  }
}

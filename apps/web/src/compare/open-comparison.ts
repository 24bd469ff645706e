import { LatentkitError } from '@latentkit/core';
import type { Points } from '@latentkit/projections';
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { PickedFile } from '../data/dropped-files.ts';
import { createLink, type Link } from '../linked/link.ts';
import { type Things, thingsOfFile, thingsOfRun } from '../linked/things.ts';
import type { Page } from '../page.ts';
import { namesOf } from '../text/class-names.ts';
import { type SaidFault, sayError } from '../text/faults.ts';
import { METHODS, type MethodWords } from '../text/methods.ts';
import { createMaps, type MethodMap, pointsOfImages, pointsOfRows, type Source } from './comparison.ts';

/** What can be laid out. */
export const SOURCES = ['codes', 'pixels', 'file'] as const;
export type SourceName = (typeof SOURCES)[number];

/** What is laid out, and how it is shown. */
export interface Shown extends Source {
  readonly names: readonly string[];
  /** What the rows are. */
  readonly things: Things;
  readonly notes: readonly string[];
  /** Of this there is one link. */
  readonly link: Link;
}

/** Maps of one thing by several methods. */
export interface Comparison {
  readonly source: Signal<SourceName>;
  /** The file to lay out. */
  readonly file: Signal<PickedFile | undefined>;
  readonly isStandardized: Signal<boolean>;
  /** Whether dots have the colour of how far they are to be trusted. */
  readonly isTinted: Signal<boolean>;
  /** Whether each of the first maps is shown by itself. */
  readonly isSlow: Signal<boolean>;
  /** The method whose map is shown where there is room for one. */
  readonly front: Signal<MethodWords['name']>;
  /** Undefined before anything was laid out. */
  readonly shown: ReadonlySignal<Shown | undefined>;
  readonly fault: ReadonlySignal<SaidFault | undefined>;
  readonly maps: readonly MethodMap[];
  readonly isRunning: ReadonlySignal<boolean>;
  /** Reads what is chosen, and lays it out by all methods. */
  startAll(): Promise<void>;
  stopAll(): void;
  /** One method anew, on what is shown. */
  start(map: MethodMap, seed: number): void;
}

/** One for the page: who goes to another place finds it as it was. */
const opened = new WeakMap<Page, Comparison>();

export function openComparison(page: Page): Comparison {
  const found = opened.get(page) ?? createComparison(page);
  opened.set(page, found);
  return found;
}

function createComparison(page: Page): Comparison {
  const source = signal<SourceName>('codes');
  const file = signal<PickedFile | undefined>(undefined);
  const isStandardized = signal(false);
  const isTinted = signal(false);
  const isSlow = signal(false);
  const front = signal(METHODS[0]!.name);
  const shown = signal<Shown | undefined>(undefined);
  const fault = signal<SaidFault | undefined>(undefined);
  const isReading = signal(false);
  const maps = createMaps(page.lab);

  return {
    ...{ source, file, isStandardized, isTinted, isSlow, front, shown, fault, maps },
    isRunning: computed(() => isReading.value || maps.some(({ state }) => state.value.phase === 'running')),
    async startAll() {
      fault.value = undefined;
      isReading.value = true;
      try {
        const read = await readSource(page, {
          ...{ source: source.value, file: file.value, isStandardized: isStandardized.value },
        });
        checkSize(read.points);
        isTinted.value = false;
        shown.value = { ...read, link: createLink() };
        for (const map of maps) void map.start(shown.value, { isSlow: isSlow.value });
      } catch (error) {
        fault.value = sayError(error, { lead: 'This cannot be laid out' });
      } finally {
        isReading.value = false;
      }
    },
    stopAll() {
      for (const map of maps) map.stop();
    },
    start(map, seed) {
      if (shown.value) void map.start(shown.value, { seed, isSlow: isSlow.value });
    },
  };
}

/** Neighbours are looked for among so many at least. */
const LEAST_ROWS = 5;

function checkSize({ count, dimensions }: Points): void {
  if (dimensions < 2) {
    throw new LatentkitError('E_SHAPE', 'each is one number, and lies on a line without a map', {
      fix: 'Lay out what has several numbers a row',
    });
  }
  if (count >= LEAST_ROWS) return;
  throw new LatentkitError('E_SHAPE', `a map is of ${LEAST_ROWS} rows at least, and these are ${count}`, {
    fix: 'Take more of them',
  });
}

interface Wanted {
  readonly source: SourceName;
  readonly file: PickedFile | undefined;
  readonly isStandardized: boolean;
}

async function readSource(
  { lab }: Page,
  { source, file, isStandardized }: Wanted,
): Promise<Omit<Shown, 'link'>> {
  if (source === 'file') {
    if (!file) throw new Error('Choose a file first');
    const { points, labels, classNames, first, notes } = await lab.ask('vectors', { file, isStandardized });
    const most = labels ? labels.reduce((largest, label) => Math.max(largest, label), -1) : -1;
    const names = classNames ?? Array.from({ length: most + 1 }, (_, label) => String(label));
    const things = thingsOfFile({ first, labels, names });
    return { title: file.name, points, labels, names, things, notes };
  }
  const data = lab.data.peek();
  const means = lab.pictures.peek()?.means;
  if (!data || !means || lab.poster.peek()) throw new Error('Train a network first, or open a run');
  const { count, latentDim, labels, shape, classNames, table } = data;
  if (count === 0) {
    const things = table ? 'rows' : 'images';
    throw new LatentkitError('E_USAGE', `there are no ${things} of this run here`, {
      fix: 'Lay a table or an array out instead, or train here with what it was trained with',
    });
  }
  const rows = Array.from({ length: count }, (_, row) => row);
  const images = (await lab.look('images', { rows })) ?? new Uint8Array(0);
  const cells = table && (await lab.look('cells', { rows }));
  const pixels = async () => {
    const values = table && (await lab.look('values', undefined));
    return values ? pointsOfRows(values, count) : pointsOfImages(images, count);
  };
  const points = source === 'codes' ? { data: means, count, dimensions: latentDim } : await pixels();
  return {
    ...{ title: source, points, labels, names: namesOf(data), notes: [] },
    things: thingsOfRun({
      ...{ images, shape, ...(labels && { labels }), ...(classNames && { classNames }) },
      ...(table && cells && { table: { columns: table.columns, rows: cells } }),
    }),
  };
}

import { nextTurn } from '@latentkit/core';
import type { Points, ProjectionProgress } from '@latentkit/projections';
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Lab, makeWorker, trainingThreads } from '../lab/lab.ts';
import { type Line, openLine } from '../lab/line.ts';
import type { FinishedMap, JudgedMap, ProjectCalls, ProjectEvent } from '../lab/map-messages.ts';
import { createTurns, URGENCY } from '../lab/turns.ts';
import { type SaidFault, sayError } from '../text/faults.ts';
import { METHODS, type MethodWords } from '../text/methods.ts';

/** Rows of numbers to be laid on planes. */
export interface Source {
  readonly title: string;
  readonly points: Points;
  readonly labels?: ArrayLike<number> | undefined;
}

/** What has become of a map. */
export interface MapState {
  readonly phase: 'idle' | 'running' | 'done' | 'failed';
  readonly seconds?: number;
  readonly warnings?: readonly string[];
  readonly fault?: SaidFault;
  /** There once it is measured. */
  readonly judged?: JudgedMap;
}

/** How far a map is that is being made. */
export interface MapProgress {
  /** In a few words. */
  readonly step: string;
  readonly fraction: number;
}

export interface StartMap {
  readonly seed?: number;
  /** Whether each of the first maps is shown by itself. */
  readonly isSlow?: boolean;
}

/** One method's map. */
export interface MethodMap {
  readonly method: MethodWords;
  readonly state: ReadonlySignal<MapState>;
  /** Apart from the state: it changes ten times a second. */
  readonly progress: ReadonlySignal<MapProgress>;
  /** `[count, 2]`, as it is now; undefined before there is one. */
  readonly map: ReadonlySignal<Float32Array | undefined>;
  readonly seed: ReadonlySignal<number>;
  readonly numbers: Signal<Readonly<Record<string, number>>>;
  /** Begins anew; what is under way ends. A map of another seed is turned to lie on the one before. */
  start(source: Source, options?: StartMap): Promise<void>;
  stop(): void;
}

/**
 * The maps of all methods, each made in a worker of its own. No more of them at once than leave a core to the page: it would else wait
 * for them with each frame, and they come no sooner for it.
 */
export function createMaps(lab: Pick<Lab, 'ask'>): readonly MethodMap[] {
  const take = createTurns(trainingThreads());
  return METHODS.map((method) => createMethodMap(method, lab, take));
}

interface TimedMap extends FinishedMap {
  readonly seconds: number;
}

function createMethodMap(
  method: MethodWords,
  lab: Pick<Lab, 'ask'>,
  take: ReturnType<typeof createTurns>,
): MethodMap {
  const state = signal<MapState>({ phase: 'idle' });
  const progress = signal<MapProgress>({ step: '', fraction: 0 });
  const map = signal<Float32Array | undefined>(undefined);
  const seed = signal(0);
  const numbers = signal<Readonly<Record<string, number>>>(
    Object.fromEntries(method.numbers.map(({ name, value }) => [name, value])),
  );
  let worker: Line<ProjectCalls> | undefined;
  let runs = 0;
  let current: Source | undefined;
  /** The last finished map, and what it is of. */
  let last: { readonly source: Source; readonly seed: number; readonly map: Float32Array } | undefined;

  /** The last map of the same by another seed. */
  const earlier = (source: Source) =>
    last?.source === source && last.seed !== seed.value ? last : undefined;

  function close(): void {
    worker?.close();
    worker = undefined;
  }

  async function project(source: Source, isSlow: boolean, mine: number): Promise<TimedMap | undefined> {
    if (mine !== runs) return undefined;
    const points = await copyOf(source.points);
    if (mine !== runs) return undefined;
    progress.value = { step: 'beginning', fraction: 0 };
    const opened = openLine<ProjectCalls, ProjectEvent>(makeWorker('map'), {
      name: 'worker of the map',
      hear(event) {
        if (mine !== runs) return;
        if (event.type === 'map') map.value = event.map;
        else progress.value = sayProgress(event.progress);
      },
      died() {}, // who asked it is told
    });
    worker = opened;
    const options = optionsOf(method, numbers.value, seed.value);
    const before = earlier(source)?.map;
    const begun = performance.now();
    const { map: made, warnings } = await opened.ask(
      'project',
      { method: method.name, points, options, isSlow, ...(before && { before }) },
      [points.data.buffer as ArrayBuffer],
    );
    return { map: made, warnings, seconds: (performance.now() - begun) / 1000 };
  }

  async function run(source: Source, isSlow: boolean, mine: number): Promise<void> {
    const finished = await take(URGENCY.eye, () => project(source, isSlow, mine));
    if (!finished || mine !== runs) return;
    const { map: made, ...of } = finished;
    map.value = made;
    const done: MapState = { phase: 'done', ...of };
    state.value = done;
    close();
    const before = earlier(source)?.map;
    last = { source, seed: seed.value, map: made };
    // Numbers of a map that is there come after maps that are not.
    const judged = await take(URGENCY.background, async () => {
      if (mine !== runs) return undefined;
      return lab.ask('judgeMap', {
        ...{ points: source.points, map: made },
        ...(source.labels && { labels: source.labels }),
        ...(before && { before }),
      });
    });
    if (!judged || mine !== runs) return;
    state.value = { ...done, judged };
  }

  return {
    ...{ method, state, progress, map, seed, numbers },
    async start(source, { seed: nextSeed = 0, isSlow = false } = {}) {
      const mine = ++runs;
      close();
      if (source !== current) map.value = undefined;
      current = source;
      seed.value = nextSeed;
      progress.value = { step: 'waits for its turn', fraction: 0 };
      state.value = { phase: 'running' };
      try {
        await run(source, isSlow, mine);
      } catch (error) {
        if (mine !== runs) return;
        close();
        state.value = { phase: 'failed', fault: sayError(error, { lead: `${method.title} has no map` }) };
      }
    },
    stop() {
      if (state.value.phase !== 'running') return;
      runs++;
      close();
      state.value = { phase: 'idle' };
    },
  };
}

/** From its principal components t-SNE comes to the same map for every seed: another one begins a little beside them. */
function optionsOf(
  { name }: MethodWords,
  numbers: Readonly<Record<string, number>>,
  seed: number,
): Readonly<Record<string, number>> {
  return { ...numbers, seed, ...(name === 'tsne' && seed > 0 && { jitter: 1 }) };
}

/** How far it is, in a few words. */
const sayProgress = ({ stage, step, steps, fraction }: ProjectionProgress): MapProgress => ({
  fraction,
  step:
    stage === 'optimize'
      ? `step ${step} of ${steps}`
      : stage === 'neighbors'
        ? 'looking for neighbours'
        : 'beginning',
});

/** Numbers that are copied in one go: a few milliseconds. */
const PIECE = 2 ** 20;

/** A copy to be given away, made in pieces: the page draws meanwhile. */
async function copyOf({ data, ...size }: Points): Promise<Points> {
  const copy = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += PIECE) {
    copy.set(data.subarray(at, at + PIECE), at);
    if (at + PIECE < data.length) await nextTurn();
  }
  return { data: copy, ...size };
}

/** The pixels of images as rows of numbers. */
export const pointsOfImages = (bytes: Uint8Array, count: number): Points =>
  pointsOfRows(
    Float32Array.from(bytes, (value) => value / 255),
    count,
  );

/** Rows of so many numbers each. */
export const pointsOfRows = (data: Float32Array, count: number): Points => ({
  ...{ data, count, dimensions: data.length / count },
});

import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import type { NeighborSearch } from '../neighbors/neighbor-search.ts';
import type { ProjectionProgress } from '../projection.ts';
import type { Work } from '../work.ts';
import { optimize } from './optimize.ts';
import { startTsne } from './start-tsne.ts';
import type { TsneParts, TsnePlan } from './tsne-parts.ts';

/** What is known after a piece of work. */
export interface TsneUpdate {
  readonly progress: ProjectionProgress;
  /** Where the points are, as long as nothing more is done; undefined before they are anywhere. */
  readonly places: Float32Array | undefined;
}

// Shares of the work that are over after a stage, about.
const NEIGHBORS_END = 0.2;
const INITIALIZE_END = 0.25;

/** All of t-SNE in bounded pieces. */
export function* fitTsne(parts: TsneParts, plan: TsnePlan): Generator<TsneUpdate, TsneUpdate> {
  const { memory, search } = parts;
  const { count, iterations: steps } = plan;
  if (!search) return { progress: doneAfter({ step: 0 }), places: new Float32Array(2 * count) };

  const before = (stage: 'neighbors' | 'initialize', fraction: number): TsneUpdate => ({
    progress: { stage, step: 0, steps, fraction },
    places: undefined,
  });
  const graph = yield* relay(findNeighbors(search), (share) => before('neighbors', NEIGHBORS_END * share));
  const buffers = yield* relay(startTsne(parts, graph, plan), (share) =>
    before('initialize', NEIGHBORS_END + (INITIALIZE_END - NEIGHBORS_END) * share),
  );
  const moving = new Float32Array(memory.memory.buffer, buffers.places, 2 * count);
  // A copy in the order of the points, which stays finite when the next iteration is not.
  const places = new Float32Array(2 * count);
  const copy = () => {
    const { order } = buffers;
    for (let row = 0; row < count; row++) {
      const point = order[row]!;
      places[2 * point] = moving[2 * row]!;
      places[2 * point + 1] = moving[2 * row + 1]!;
    }
  };
  const last = yield* relay(optimize(parts, buffers, plan), (iteration) => {
    copy();
    const fraction = INITIALIZE_END + ((1 - INITIALIZE_END) * iteration.step) / steps;
    return { progress: { stage: 'optimize', steps, fraction, ...iteration }, places };
  });
  copy();
  return { progress: doneAfter(last), places };
}

/** The progress of a fit that is over. */
export function doneAfter(last: { step: number; objective?: number }): ProjectionProgress {
  return { stage: 'done', steps: last.step, fraction: 1, ...last };
}

function* findNeighbors(search: NeighborSearch): Work<NeighborGraph> {
  for (;;) {
    search.step();
    if (search.graph) return search.graph;
    yield search.fraction;
  }
}

function* relay<From, To, Result>(
  work: Generator<From, Result>,
  change: (from: From) => To,
): Generator<To, Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    yield change(value);
  }
}

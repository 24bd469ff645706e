import { LatentkitError, type UpdateRule } from '@latentkit/core';
import { FILTER_CHUNK_IMAGES } from '@latentkit/kernels/nn';
import { planArena } from './arena.ts';
import { bindRows } from './bind-rows.ts';
import { bindTasks } from './bind-tasks.ts';
import { classify } from './classify.ts';
import { copyParameters } from './copy-parameters.ts';
import { fuse } from './fuse.ts';
import { type Graph, type PackedSource, resultsOf } from './graph.ts';
import { mergeRepeats } from './merge-repeats.ts';
import { packWeights } from './pack-weights.ts';
import { placeShared } from './place-shared.ts';
import { type Location, MOST_STAGES, type Program, type Stage } from './program.ts';
import { splitFilterGradients } from './split-filter-gradients.ts';
import { planStages } from './stages.ts';
import { copySlices, type UpdateTarget, updateSlices } from './update-slices.ts';

/** What a program is made for. */
export interface CompileOptions {
  batch: number;
  workers: number;
  /** Room for so many bytes, as a pointer. */
  allocate(bytes: number): number;
  /** Where the numbers of what is given lie, by name. */
  given: Readonly<Record<'parameter' | 'input' | 'scalar', ReadonlyMap<string, number>>>;
  /** Where the packed copy of a parameter lies; for programs that do not update. */
  placePacked(source: PackedSource): number;
  /** What moves the parameters by the graph's gradients; none to compute only. */
  update?: { rule: UpdateRule; targets: ReadonlyMap<string, UpdateTarget> };
}

/** A program, and where its results and constants lie. */
export interface Compiled {
  readonly program: Program;
  readonly outputs: Readonly<Record<string, { pointer: number; shape: readonly number[] }>>;
  readonly constants: readonly { pointer: number; data: Float32Array }[];
}

/**
 * Claims a recorded computation into stages that any number of threads can share, and finds a place for every number.
 *
 * @throws `E_USAGE` for an update without gradients; `E_LIMIT` for a computation of more stages than threads can count.
 */
export function compile(original: Graph, options: CompileOptions): Compiled {
  const { batch, workers, allocate, given, placePacked, update } = options;
  const merged = mergeRepeats(original);
  const recorded = update ? fuse(copyParameters(merged)) : packWeights(fuse(merged));
  const classified = classify(recorded, batch);
  const graph = splitFilterGradients(recorded, classified, batch);
  const stages = planStages(graph.nodes, graph.values.length);
  const results = resultsOf(recorded);
  const constants: { pointer: number; data: Float32Array }[] = [];
  const locations = new Map<number, Location>();
  const locate = (value: number): Location => {
    let location = locations.get(value);
    if (!location) {
      location = { area: 'memory', offset: place(value), rowBytes: 4 * graph.rowSizes[value]! };
      locations.set(value, location);
    }
    return location;
  };
  const shared = placeShared(stages, results, graph.sizes);
  const sharedBlock = shared.bytes > 0 ? allocate(shared.bytes) : 0;
  const place = (value: number) => {
    const source = graph.values[value]?.source;
    if (source?.type === 'packed') return placePacked(source);
    if (source && 'name' in source) return given[source.type].get(source.name)!;
    if (source?.type !== 'constant') return sharedBlock + shared.offsets.get(value)!;
    const pointer = allocate(4 * graph.sizes[value]!);
    constants.push({ pointer, data: source.data });
    return pointer;
  };

  const arena = planArena();
  const rowsPerTile = graph.hasFilterGradients
    ? FILTER_CHUNK_IMAGES
    : tileRows(batch, workers, Math.max(...graph.rowSizes));
  const bound = stages.map(({ type, nodes }): Stage => {
    if (type === 'tasks') return { type, tasks: bindTasks(nodes, { workers, locate }) };
    const { sizes, rowSizes } = graph;
    return bindRows(nodes, {
      ...{ batch, rowsPerTile, locate, sizes, rowSizes, arena },
      isLocal: shared.isLocal,
    });
  });
  const outputs = Object.fromEntries(
    Object.entries(recorded.outputs).map(([name, { value, shape }]) => [
      name,
      { pointer: locate(value).offset, shape },
    ]),
  );
  if (update) {
    const { gradients = {}, state = {}, guards } = recorded;
    if (resultsOf({ ...recorded, outputs: {} }).length === 0) {
      throw new LatentkitError(
        'E_USAGE',
        'accelerator: a step needs a program that gives gradients or state',
      );
    }
    const pointerOf = (value: number) => locate(value).offset;
    bound.push({
      type: 'update',
      rule: update.rule.name,
      slices: updateSlices(gradients, update.targets, pointerOf),
      copies: copySlices(state, update.targets, pointerOf),
      guards: guards.map((name) => outputs[name]!.pointer),
    });
  }
  if (bound.length > MOST_STAGES) {
    throw new LatentkitError(
      'E_LIMIT',
      `accelerator: the program has ${bound.length} stages, of ${MOST_STAGES} at most`,
      { fix: 'Train without an accelerator' },
    );
  }
  return { program: { batch, stages: bound, arenaBytes: arena.bytes }, outputs, constants };
}

// Of the largest value in a tile: a core's own cache has a megabyte or so.
const TILE_NUMBERS = 2 ** 18;
const LEAST_ROWS = 8;

/**
 * Rows of a tile: as many as the cache holds, some for each thread, and down to half of that where the threads then have more equal
 * shares. Every tile packs a product's weights anew, which more rows are worth.
 */
function tileRows(batch: number, workers: number, largestRow: number): number {
  const inCache = Math.floor(TILE_NUMBERS / largestRow);
  const most = Math.max(LEAST_ROWS, Math.min(inCache, Math.ceil(batch / workers / 4) * 4));
  let best = most;
  const largestShare = (rows: number) => Math.min(batch, rows * Math.ceil(Math.ceil(batch / rows) / workers));
  for (let rows = most; rows >= Math.max(LEAST_ROWS, most / 2); rows--) {
    if (largestShare(rows) < largestShare(best)) best = rows;
  }
  return best;
}

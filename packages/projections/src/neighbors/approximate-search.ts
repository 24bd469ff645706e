import { Stream } from '@latentkit/core';
import { randomSubset } from '../random-subset.ts';
import { createLists, listBytes, refineAll, type SearchTask } from './candidate-lists.ts';
import { clusterPoints } from './cluster-points.ts';
import { exactSearch } from './exact-search.ts';
import { gatherPoints } from './gather-points.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import type { PointMemory } from './point-memory.ts';
import { type PreparedPoints, preparedBytes, type Size } from './prepared-points.ts';
import { type Cells, cellPairs, type Groups, walkCells, walkCellsBytes } from './walk-cells.ts';
import { walkOperations, walkTiles } from './walk-tiles.ts';

const SAMPLE_A_CELL = 40;
const MOST_VISITS = 64;
/** Points whose neighbours are searched exactly, to see how many cells must be visited. */
const PROBES = 256;
// The recall of the probes is that of all points but for some tenths of a percent.
const MARGIN = 0.01;

const cellCount = (count: number) => Math.max(1, Math.floor(Math.sqrt(count)));
const sampleSize = (count: number) => Math.min(count, SAMPLE_A_CELL * cellCount(count));

/** Bytes that a search takes beside its points. */
export function approximateSearchBytes({ count, dimensions }: Size, k: number): number {
  const part = (size: number) => preparedBytes({ count: size, dimensions }) + 64;
  const most = Math.min(PROBES, count);
  return (
    part(sampleSize(count)) +
    part(cellCount(count)) +
    8 * sampleSize(count) +
    part(most) +
    listBytes({ count, dimensions }, { count: most, dimensions }, k + 1) +
    count * (8 * MOST_VISITS + 4) +
    2 * listBytes({ count, dimensions }, undefined, k) +
    walkCellsBytes(dimensions)
  );
}

/**
 * Nearest neighbours of the points among themselves, about a share `recall` of them, in bounded pieces; yields the share
 * that is done. What is found has its exact distance.
 *
 * The points are clustered into about sqrt(n) cells, and each point looks into the cells whose centres are nearest to it
 * (an inverted file: Jegou, Douze and Schmid, Product quantization for nearest neighbor search, PAMI 33, 2011). How many
 * that must be is measured: the neighbours of some points are searched exactly. Where looking into so many would take
 * longer than an exact search, the search is exact.
 */
export function* approximateSearch(
  on: PointMemory,
  task: SearchTask,
  { recall, seed }: { recall: number; seed: number },
): Generator<number, NeighborGraph> {
  const { points } = task;
  const { count, dimensions } = points;
  const address = { seed, stream: Stream.neighbors };
  const sample = gatherPoints(on, points, randomSubset(count, sampleSize(count), address));
  yield 0;
  const centres = yield* within(0, 0.1, clusterPoints(on, sample, cellCount(count)));
  const visits = yield* within(0.1, 0.2, nearestCentres(on, points, centres));
  const probes = randomSubset(count, Math.min(PROBES, count), { ...address, step: 1 });
  const each = yield* within(0.2, 0.3, countVisits(on, task, probes, visits, recall));
  const cells = each && groupByCell(visits, each, centres.count);
  if (!cells || 2 * cellPairs(cells) > count * count) {
    return yield* within(0.3, 1, exactSearch(on, task));
  }
  const lists = createLists(on, task);
  const operations = cellPairs(cells) * (walkOperations(1, 1, dimensions, false) + 1);
  let done = 0;
  for (const some of walkCells(on, points, cells, lists)) {
    done += some;
    yield 0.3 + 0.6 * Math.min(1, done / operations);
  }
  return yield* within(0.9, 1, refineAll(on, task, lists, true));
}

/** Cells, nearest centre first, of each point: `[count, each]`. */
interface Visits {
  cells: Int32Array;
  each: number;
}

function* nearestCentres(
  { memory, neighbors, nn }: PointMemory,
  points: PreparedPoints,
  centres: PreparedPoints,
): Generator<number, Visits> {
  const { count } = points;
  const each = Math.min(MOST_VISITS, centres.count);
  const lists = {
    pointer: memory.allocate(8 * count * each),
    bounds: memory.allocate(4 * (count + 16)),
    size: each,
  };
  neighbors.clearLists(lists, count);
  let rows = 0;
  for (const _ of walkTiles({ memory, neighbors, nn }, centres, points, (tile) => {
    neighbors.nearestOfRows(tile, lists, false);
    rows = tile.firstRow;
  })) {
    yield rows / count;
  }
  const pairs = new Int32Array(memory.memory.buffer, lists.pointer, 2 * count * each);
  const cells = new Int32Array(count * each);
  for (let i = 0; i < cells.length; i++) cells[i] = pairs[2 * i + 1]!;
  memory.free(lists.bounds);
  memory.free(lists.pointer);
  return { cells, each };
}

/** How many cells must be visited for a share `recall` of the neighbours of `probes`; undefined if more than there are. */
function* countVisits(
  on: PointMemory,
  { points, k, halve }: SearchTask,
  probes: Uint32Array,
  { cells, each }: Visits,
  recall: number,
): Generator<number, number | undefined> {
  const queries = gatherPoints(on, points, probes);
  const all = Math.min(k + 1, points.count);
  const { indices } = yield* exactSearch(on, { points, queries, k: all, halve });
  const found = new Array<number>(each + 1).fill(0);
  probes.forEach((probe, i) => {
    const visited = cells.subarray(probe * each, (probe + 1) * each);
    for (const neighbor of indices.subarray(i * all, (i + 1) * all)) {
      if (neighbor === probe) continue;
      const place = visited.indexOf(cells[neighbor * each]!);
      found[place < 0 ? each : place]!++;
    }
  });
  const wanted = Math.min(recall + MARGIN, (1 + recall) / 2) * found.reduce((sum, some) => sum + some, 0);
  let sum = 0;
  for (let visits = 1; visits <= each; visits++) {
    sum += found[visits - 1]!;
    if (sum >= wanted) return visits;
  }
  return undefined;
}

function groupByCell({ cells, each }: Visits, visits: number, count: number): Cells {
  const group = (most: number): Groups => {
    const starts = new Int32Array(count + 1);
    const points = cells.length / each;
    for (let i = 0; i < points; i++) for (let v = 0; v < most; v++) starts[cells[i * each + v]! + 1]!++;
    for (let cell = 0; cell < count; cell++) starts[cell + 1]! += starts[cell]!;
    const next = starts.slice();
    const ids = new Int32Array(points * most);
    for (let i = 0; i < points; i++) for (let v = 0; v < most; v++) ids[next[cells[i * each + v]!]!++] = i;
    return { starts, ids };
  };
  return { members: group(1), visitors: group(visits) };
}

/** The same pieces, whose shares are a part of the whole. */
function* within<T>(from: number, to: number, pieces: Generator<number, T>): Generator<number, T> {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    yield from + (to - from) * Math.min(1, value);
  }
}

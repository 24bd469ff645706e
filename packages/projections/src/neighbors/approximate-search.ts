import { Stream } from '@latentkit/core';
import { randomSubset } from '../random-subset.ts';
import { createLists, listBytes, refineAll, type SearchTask } from './candidate-lists.ts';
import { clusterPoints } from './cluster-points.ts';
import { exactSearch } from './exact-search.ts';
import { gatherPoints } from './gather-points.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import type { PointMemory } from './point-memory.ts';
import { type PreparedPoints, preparedBytes, type Size } from './prepared-points.ts';
import { type Groups, walkCells, walkCellsBytes } from './walk-cells.ts';
import { walkTiles } from './walk-tiles.ts';

const SAMPLE_A_CELL = 40;
/** Points whose neighbours are searched exactly, to see how many cells must be visited. */
const PROBES = 256;
// The recall of the probes is that of all points but for a percent or so.
const MARGIN = 0.02;

const cellCount = (count: number) => Math.max(1, Math.floor(Math.sqrt(count)));
// Of more, an exact search is faster, as it multiplies each pair once, and copies nothing; beyond 128 there is no room.
const mostVisits = (cells: number) => Math.min(128, Math.ceil(0.35 * cells));
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
    8 * count * mostVisits(cellCount(count)) +
    8 * most * cellCount(count) +
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
  const { count } = points;
  const address = { seed, stream: Stream.neighbors };
  const sample = yield* gatherPoints(on, points, randomSubset(count, sampleSize(count), address));
  const centres = yield* within(0, 0.1, clusterPoints(on, sample, cellCount(count)));
  const cells = yield* within(0.1, 0.15, nearestCentres(on, points, centres, 1));
  const visits = yield* within(0.15, 0.25, countVisits(on, task, centres, cells, { recall, seed }));
  if (visits > mostVisits(centres.count)) return yield* within(0.25, 1, exactSearch(on, task));
  const visited = yield* within(0.25, 0.3, nearestCentres(on, points, centres, visits));
  yield 0.3;
  const visitors = groupByCell(visited, visits, centres.count);
  yield 0.3;
  const groups = { members: groupByCell(cells, 1, centres.count), visitors };
  const lists = createLists(on, task);
  yield* within(0.3, 0.9, walkCells(on, points, groups, lists));
  return yield* within(0.9, 1, refineAll(on, task, lists, true));
}

/** The `each` nearest cells of each point, nearest centre first: `[count, each]`. */
function* nearestCentres(
  on: PointMemory,
  points: PreparedPoints,
  centres: PreparedPoints,
  each: number,
): Generator<number, Int32Array> {
  const { memory, neighbors } = on;
  const { count } = points;
  const bounds = memory.allocate(4 * (count + 16));
  const lists = { pointer: memory.allocate(8 * count * each), bounds, size: each };
  neighbors.clearLists(lists, count);
  let rows = 0;
  const tiles = walkTiles(on, centres, points, (tile) => {
    neighbors.nearestOfRows(tile, lists, false);
    rows = tile.firstRow;
  });
  for (const _ of tiles) yield rows / count;
  yield 1;
  const pairs = new Int32Array(memory.memory.buffer, lists.pointer, 2 * count * each);
  const cells = new Int32Array(count * each);
  for (let i = 0; i < cells.length; i++) cells[i] = pairs[2 * i + 1]!;
  memory.free(lists.pointer);
  memory.free(bounds);
  return cells;
}

/** How many cells must be visited to find a share `recall` of the neighbours, by those of some points. */
function* countVisits(
  on: PointMemory,
  { points, k, halve }: SearchTask,
  centres: PreparedPoints,
  cells: Int32Array,
  { recall, seed }: { recall: number; seed: number },
): Generator<number, number> {
  const address = { seed, stream: Stream.neighbors, step: 1 };
  const probes = randomSubset(points.count, Math.min(PROBES, points.count), address);
  const queries = yield* gatherPoints(on, points, probes);
  const all = Math.min(k + 1, points.count);
  const { indices } = yield* exactSearch(on, { points, queries, k: all, halve });
  const visited = yield* within(1, 1, nearestCentres(on, queries, centres, centres.count));
  const found = new Array<number>(centres.count).fill(0);
  probes.forEach((probe, i) => {
    const order = visited.subarray(i * centres.count, (i + 1) * centres.count);
    for (const neighbor of indices.subarray(i * all, (i + 1) * all)) {
      if (neighbor !== probe) found[order.indexOf(cells[neighbor]!)]!++;
    }
  });
  const wanted = Math.min(recall + MARGIN, (1 + recall) / 2) * found.reduce((sum, some) => sum + some, 0);
  let visits = 0;
  for (let sum = 0; sum < wanted; visits++) sum += found[visits]!;
  return visits;
}

function groupByCell(cells: Int32Array, each: number, count: number): Groups {
  const starts = new Int32Array(count + 1);
  for (const cell of cells) starts[cell + 1]!++;
  for (let cell = 0; cell < count; cell++) starts[cell + 1]! += starts[cell]!;
  const next = starts.slice();
  const ids = new Int32Array(cells.length);
  for (let at = 0; at < cells.length; at++) ids[next[cells[at]!]!++] = Math.floor(at / each);
  return { starts, ids };
}

/** The same pieces, whose shares are a part of the whole. */
function* within<T>(from: number, to: number, pieces: Generator<number, T>): Generator<number, T> {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    yield from + (to - from) * Math.min(1, value);
  }
}

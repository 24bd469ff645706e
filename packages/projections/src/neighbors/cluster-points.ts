import type { PointMemory } from './point-memory.ts';
import type { PreparedPoints } from './prepared-points.ts';
import { walkTiles } from './walk-tiles.ts';

const ROUNDS = 5;

/**
 * Centres of `clusters` clusters of a sample, by Lloyd's k-means from evenly spaced points of it; yields the share that is done.
 *
 * @returns the centres as points, already centred: only `centred` and `halfNorms` are theirs.
 */
export function* clusterPoints(
  on: PointMemory,
  sample: PreparedPoints,
  clusters: number,
): Generator<number, PreparedPoints> {
  const { memory, neighbors } = on;
  const { count, dimensions } = sample;
  const centred = memory.allocate(4 * clusters * dimensions);
  const halfNorms = memory.allocate(4 * (clusters + 32));
  const centres: PreparedPoints = { ...sample, count: clusters, centred, halfNorms };
  const nearest = { pointer: memory.allocate(8 * count), bounds: memory.allocate(4 * (count + 16)), size: 1 };
  const view = (pointer: number, size: number) => new Float32Array(memory.memory.buffer, pointer, size);
  for (let cluster = 0; cluster < clusters; cluster++) {
    const start = sample.centred + 4 * dimensions * Math.floor((cluster * count) / clusters);
    view(centred + 4 * cluster * dimensions, dimensions).set(view(start, dimensions));
  }
  view(halfNorms, clusters + 32).fill(Number.POSITIVE_INFINITY);
  for (let round = 0; ; round++) {
    neighbors.halfNorms(centred, clusters, dimensions, halfNorms);
    if (round === ROUNDS) return centres;
    neighbors.clearLists(nearest, count);
    for (const _ of walkTiles(on, centres, sample, (tile) => neighbors.nearestOfRows(tile, nearest, false))) {
      yield round / ROUNDS;
    }
    const members = new Int32Array(memory.memory.buffer, nearest.pointer, 2 * count).filter((_, i) => i % 2);
    for (const _ of moveCentres(
      view(sample.centred, count * dimensions),
      members,
      view(centred, clusters * dimensions),
      dimensions,
    )) {
      yield round / ROUNDS;
    }
  }
}

/** Moves each centre to the mean of its members; one without members stays. */
function* moveCentres(
  rows: Float32Array,
  members: Int32Array,
  centres: Float32Array,
  dimensions: number,
): Generator<void, void> {
  const sums = new Float64Array(centres.length);
  const sizes = new Int32Array(centres.length / dimensions);
  let numbers = 0;
  for (let i = 0; i < members.length; i++) {
    const at = members[i]! * dimensions;
    sizes[members[i]!]!++;
    for (let d = 0; d < dimensions; d++) sums[at + d]! += rows[i * dimensions + d]!;
    numbers += dimensions;
    if (numbers < 2 ** 22) continue;
    yield;
    numbers = 0;
  }
  for (let at = 0; at < centres.length; at++) {
    const size = sizes[Math.floor(at / dimensions)]!;
    if (size > 0) centres[at] = sums[at]! / size;
  }
}

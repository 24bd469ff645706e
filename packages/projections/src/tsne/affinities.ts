import { portableLog } from '@latentkit/core';
import type { KernelMemory } from '@latentkit/kernels';
import type { TsneKernels } from '@latentkit/kernels/tsne';
import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import type { Work } from '../work.ts';

const DISTANCES_A_STEP = 2 ** 16;
const EDGES_A_STEP = 2 ** 17;

/** `p_(j|i)` of each point's neighbours at a perplexity, `[count, k]`, in bounded pieces. */
export function* pointAffinities(
  memory: KernelMemory,
  tsne: TsneKernels,
  { count, k, distances }: NeighborGraph,
  perplexity: number,
): Work<Float32Array> {
  const most = Math.max(1, Math.floor(DISTANCES_A_STEP / k));
  const room = 4 * Math.min(most, count) * k;
  const [from, to, scratch] = [room, room, 4 * (k + 3)].map((bytes) => memory.allocate(bytes));
  const affinities = new Float32Array(count * k);
  for (let first = 0; first < count; first += most) {
    const rows = Math.min(most, count - first);
    const view = (pointer: number) => new Float32Array(memory.memory.buffer, pointer, rows * k);
    view(from!).set(distances.subarray(first * k, (first + rows) * k));
    tsne.affinities(from!, rows, k, portableLog(perplexity), to!, scratch!);
    affinities.set(view(to!), first * k);
    yield (first + rows) / count;
  }
  for (const pointer of [scratch!, to!, from!]) memory.free(pointer);
  return affinities;
}

/** A sparse matrix, row by row, for `attract` of the kernels of t-SNE: rows are padded to a multiple of four edges. */
export interface SparseRows {
  /** `[count + 1]`: where rows begin. */
  readonly rows: Uint32Array;
  /** `8 j` for column j. */
  readonly columns: Uint32Array;
  readonly p: Float32Array;
}

/**
 * `p_ij = (p_(j|i) + p_(i|j)) / (2 count)` of neighbours' affinities `p_(j|i)`, `[count, k]`, into `to`: columns and
 * p have room for `count (2 k + 3)` edges.
 *
 * The sum of all is 1 when each row's is.
 *
 * @param order the point that each row, and column, is for.
 */
export function* symmetrize(
  { count, k, indices }: Pick<NeighborGraph, 'count' | 'k' | 'indices'>,
  affinities: Float32Array,
  order: Uint32Array,
  { rows, columns, p }: SparseRows,
): Work<void> {
  const transposed = yield* transpose(count, k, indices, affinities);
  const scale = 1 / (2 * count);
  const rowOf = new Uint32Array(count);
  for (let row = 0; row < count; row++) rowOf[order[row]!] = row;
  const edgeOf = new Int32Array(count).fill(-1); // of each point, the latest
  let edge = 0;
  let pause = EDGES_A_STEP;
  rows[0] = 0;
  for (let row = 0; row < count; row++) {
    const i = order[row]!;
    const first = edge;
    for (let at = i * k; at < (i + 1) * k; at++) {
      edgeOf[indices[at]!] = edge;
      columns[edge] = 8 * rowOf[indices[at]!]!;
      p[edge++] = affinities[at]!;
    }
    for (let at = transposed.starts[i]!; at < transposed.starts[i + 1]!; at++) {
      const j = transposed.indices[at]!;
      const value = transposed.affinities[at]!;
      if (edgeOf[j]! >= first) p[edgeOf[j]!]! += value;
      else {
        columns[edge] = 8 * rowOf[j]!;
        p[edge++] = value;
      }
    }
    for (let at = first; at < edge; at++) p[at]! *= scale;
    while (edge & 3) {
      columns[edge] = 8 * row;
      p[edge++] = 0;
    }
    rows[row + 1] = edge;
    if (edge < pause) continue;
    yield 0.5 + (0.5 * row) / count;
    pause = edge + EDGES_A_STEP;
  }
}

/** For each point, whose neighbour it is and with what affinity. */
function* transpose(count: number, k: number, indices: Int32Array, affinities: Float32Array) {
  const starts = new Uint32Array(count + 1);
  for (const j of indices) starts[j + 1]!++;
  for (let i = 0; i < count; i++) starts[i + 1]! += starts[i]!;
  yield 0.1;
  const next = starts.slice();
  const sources = new Int32Array(count * k);
  const values = new Float32Array(count * k);
  for (let at = 0; at < count * k; at++) {
    const to = next[indices[at]!]!++;
    sources[to] = Math.floor(at / k);
    values[to] = affinities[at]!;
    if (at % EDGES_A_STEP === EDGES_A_STEP - 1) yield 0.1 + (0.4 * at) / (count * k);
  }
  return { starts, indices: sources, affinities: values };
}

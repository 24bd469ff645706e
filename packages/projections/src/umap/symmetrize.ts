import type { SparseGraph } from './sparse-graph.ts';

const POINTS_A_STEP = 10_000;

/**
 * Makes a directed graph undirected: with a and b the weights of an edge and of its reverse (0 where there is none),
 * `mix (a + b - a b) + (1 - mix) a b`, which is the fuzzy union for mix 1 and the fuzzy intersection for mix 0.
 *
 * Yields after pieces of bounded length. Entries of a row are those of the directed row in their order, then those of its column alone, by row.
 *
 * @see McInnes, Healy, Melville: "UMAP" (2018), arXiv:1802.03426, section 3.1, equation for B
 */
export function* symmetrize(directed: SparseGraph, mix = 1): Generator<void, SparseGraph> {
  const { count, offsets, indices, weights } = directed;
  const reverse = transpose(directed);
  yield;
  const united = new Int32Array(count + 1);
  const columns = new Int32Array(2 * indices.length);
  const values = new Float32Array(2 * indices.length);
  // Where in the row each column is, if it is at all.
  const place = new Int32Array(count).fill(-1);
  let next = 0;
  for (let i = 0; i < count; i++) {
    const start = next;
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) {
      place[indices[e]!] = next;
      columns[next] = indices[e]!;
      values[next++] = mix * weights[e]!;
    }
    for (let e = reverse.offsets[i]!; e < reverse.offsets[i + 1]!; e++) {
      const j = reverse.indices[e]!;
      const b = reverse.weights[e]!;
      const at = place[j]!;
      if (at < 0) {
        columns[next] = j;
        values[next++] = mix * b;
        continue;
      }
      const a = weights[offsets[i]! + at - start]!;
      values[at] = mix * (a + b - a * b) + (1 - mix) * (a * b);
    }
    for (let e = start; e < next; e++) place[columns[e]!] = -1;
    united[i + 1] = next;
    if (i % POINTS_A_STEP === POINTS_A_STEP - 1) yield;
  }
  return { count, offsets: united, indices: columns.slice(0, next), weights: values.slice(0, next) };
}

/** Rows become columns; entries of a row are in ascending order. */
function transpose({ count, offsets, indices, weights }: SparseGraph): SparseGraph {
  const starts = new Int32Array(count + 1);
  for (let e = 0; e < indices.length; e++) starts[indices[e]! + 1]!++;
  for (let i = 0; i < count; i++) starts[i + 1]! += starts[i]!;
  const next = starts.slice();
  const columns = new Int32Array(indices.length);
  const values = new Float32Array(indices.length);
  for (let i = 0; i < count; i++) {
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) {
      const at = next[indices[e]!]!++;
      columns[at] = i;
      values[at] = weights[e]!;
    }
  }
  return { count, offsets: starts, indices: columns, weights: values };
}

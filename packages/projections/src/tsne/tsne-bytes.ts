/**
 * Bytes that a point's edges take in the sparse matrix, at most: its own neighbours, those whose neighbour it is,
 * padding.
 */
const edgeBytes = (k: number) => 8 * (2 * k + 3);

// Sorting, the tree and its lists take 54 numbers a point, its place and what moves it 10, rows 1; the rest is padding.
const NUMBERS_A_POINT = 80;
const KERNEL_BYTES = 2 ** 21;

/** Bytes of the memory that the optimization's kernels work in, at most. */
export function optimizationBytes(count: number, k: number): number {
  return KERNEL_BYTES + count * (edgeBytes(k) + 4 * NUMBERS_A_POINT);
}

/**
 * Bytes that t-SNE takes at most, about: a copy of the points, the search for neighbours, affinities, the
 * optimization.
 */
export function tsneBytes(count: number, dimensions: number, k: number): number {
  const search = 8 * count * (dimensions + 2 * k + 16);
  const affinities = count * (12 * k + 8);
  return 4 * count * dimensions + search + affinities + optimizationBytes(count, k);
}

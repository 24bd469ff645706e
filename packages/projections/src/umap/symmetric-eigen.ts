/** Eigenvalues, largest first, and their eigenvectors of length 1, one a row. */
export interface Eigenpairs {
  values: Float64Array;
  vectors: Float64Array[];
}

const MOST_SWEEPS = 30;

/**
 * All eigenpairs of a small symmetric matrix by Jacobi's rotations, row by row until what is off the diagonal has gone.
 *
 * @param matrix rows, of which the lower triangle is read.
 * @see Golub, Van Loan: "Matrix Computations", section 8.5
 */
export function symmetricEigen(matrix: readonly Float64Array[]): Eigenpairs {
  const size = matrix.length;
  const a = matrix.map((_, i) => Float64Array.from(matrix, (row, j) => (j <= i ? matrix[i]![j]! : row[i]!)));
  const vectors = matrix.map((_, i) => Float64Array.from(matrix, (_, j) => (i === j ? 1 : 0)));
  const norm = a.reduce((sum, row) => row.reduce((s, x) => s + x * x, sum), 0);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) for (let q = 0; q < p; q++) off += a[p]![q]! ** 2;
    if (off <= 1e-30 * norm) break;
    for (let p = 0; p < size; p++) for (let q = 0; q < p; q++) rotate(a, vectors, p, q);
  }
  const order = Array.from(a, (_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]! || i - j);
  return { values: Float64Array.from(order, (i) => a[i]![i]!), vectors: order.map((i) => vectors[i]!) };
}

/** Makes entry p, q zero; `vectors` are kept as rows. */
function rotate(a: Float64Array[], vectors: Float64Array[], p: number, q: number): void {
  const [rowP, rowQ] = [a[p]!, a[q]!];
  const entry = rowP[q]!;
  if (entry === 0) return;
  const theta = (rowQ[q]! - rowP[p]!) / (2 * entry);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < a.length; k++) {
    const row = a[k]!;
    const [x, y] = [row[p]!, row[q]!];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  turn(rowP, rowQ, c, s);
  turn(vectors[p]!, vectors[q]!, c, s);
}

function turn(p: Float64Array, q: Float64Array, c: number, s: number): void {
  for (let k = 0; k < p.length; k++) {
    const [x, y] = [p[k]!, q[k]!];
    p[k] = c * x - s * y;
    q[k] = s * x + c * y;
  }
}

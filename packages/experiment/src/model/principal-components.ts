/** Two directions of largest variance, and the points along them. */
export interface PlaneProjection {
  x: Float32Array;
  y: Float32Array;
  /** Share of the total variance that each of the two explains. */
  explained: [number, number];
}

/**
 * Projects points on their first two principal components: `(x - mean) v` for the eigenvectors `v` of the covariance
 * `sum (x - mean)(x - mean)^T / count` with the largest eigenvalues, found by Jacobi's rotations in float64.
 *
 * The sign of a component is such that its largest entry is positive. Points that are all equal explain 0.
 *
 * @param points `[count, dimensions]`, one at least.
 * @param dimensions at least 2.
 * @returns `x` and `y`, `[count]` each, in the units of the points; `explained` adds up to at most 1.
 * @example
 * const { x, y, explained } = projectToPlane(codes.mean, latentDim);
 * @see Pearson: "On lines and planes of closest fit to systems of points in space" (1901); Golub & Van Loan: "Matrix
 * computations", section 8.5, for the rotations
 */
export function projectToPlane(points: Float32Array, dimensions: number): PlaneProjection {
  const count = points.length / dimensions;
  const mean = columnMeans(points, dimensions);
  const { values, vectors } = jacobiEigen(covariance(points, mean), dimensions);
  const order = values.map((_, i) => i).sort((a, b) => values[b]! - values[a]!);
  const total = values.reduce((sum, value) => sum + value, 0) || 1;
  const along = (component: number): Float32Array => {
    const direction = Array.from({ length: dimensions }, (_, i) => vectors[i * dimensions + component]!);
    const largest = direction.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    const sign = largest < 0 ? -1 : 1;
    return Float32Array.from({ length: count }, (_, i) =>
      direction.reduce((sum, value, d) => sum + sign * value * (points[i * dimensions + d]! - mean[d]!), 0),
    );
  };
  const [first, second] = [order[0]!, order[1]!];
  return { x: along(first), y: along(second), explained: [values[first]! / total, values[second]! / total] };
}

/** The mean of each column of `points`, `[count, dimensions]`, in float64. */
export function columnMeans(points: Float32Array, dimensions: number): number[] {
  const sums = new Array<number>(dimensions).fill(0);
  points.forEach((value, i) => {
    sums[i % dimensions]! += value;
  });
  return sums.map((sum) => sum / (points.length / dimensions));
}

function covariance(points: Float32Array, mean: readonly number[]): Float64Array {
  const size = mean.length;
  const count = points.length / size;
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < points.length; row += size) {
    for (let i = 0; i < size; i++) {
      const deviation = (points[row + i]! - mean[i]!) / count;
      for (let j = 0; j < size; j++) matrix[i * size + j]! += deviation * (points[row + j]! - mean[j]!);
    }
  }
  return matrix;
}

const SWEEPS = 50;

/** Eigenvalues and eigenvectors (columns) of a symmetric matrix, in no order. */
function jacobiEigen(matrix: Float64Array, size: number): { values: number[]; vectors: Float64Array } {
  const a = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) rotated = rotate(a, vectors, size, p, q) || rotated;
    }
    if (!rotated) break;
  }
  return { values: Array.from({ length: size }, (_, i) => a[i * size + i]!), vectors };
}

/** One rotation that makes `a[p][q]` zero; false where it is as good as zero. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): boolean {
  const off = a[p * size + q]!;
  const [app, aqq] = [a[p * size + p]!, a[q * size + q]!];
  if (Math.abs(off) <= 1e-15 * Math.sqrt(Math.abs(app * aqq)) || off === 0) return false;
  const theta = (aqq - app) / (2 * off);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(t * t + 1);
  const sine = t * cosine;
  const turn = (m: Float64Array, first: number, second: number) => {
    const [x, y] = [m[first]!, m[second]!];
    m[first] = cosine * x - sine * y;
    m[second] = sine * x + cosine * y;
  };
  for (let i = 0; i < size; i++) turn(a, i * size + p, i * size + q);
  for (let i = 0; i < size; i++) turn(a, p * size + i, q * size + i);
  for (let i = 0; i < size; i++) turn(vectors, i * size + p, i * size + q);
  return true;
}

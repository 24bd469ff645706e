/**
 * The lower triangle L of `L L' = matrix`, row by row; undefined where the matrix is not positive definite.
 *
 * @param matrix `[size, size]`, of which the lower triangle is read.
 */
export function choleskyOf(matrix: Float64Array, size: number): Float64Array | undefined {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column]!;
      for (let k = 0; k < column; k++) rest -= lower[row * size + k]! * lower[column * size + k]!;
      if (column < row) lower[row * size + column] = rest / lower[column * size + column]!;
      else if (rest > 0) lower[row * size + row] = Math.sqrt(rest);
      else return undefined;
    }
  }
  return lower;
}

/** Solves `L y = x` in place: x becomes y. */
export function solveLower(lower: Float64Array, x: Float64Array): void {
  const size = x.length;
  for (let row = 0; row < size; row++) {
    let rest = x[row]!;
    for (let k = 0; k < row; k++) rest -= lower[row * size + k]! * x[k]!;
    x[row] = rest / lower[row * size + row]!;
  }
}

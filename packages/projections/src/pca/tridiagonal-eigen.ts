import type { Work } from './work.ts';

const SWEEPS = 100; // two or three are usual
const EPSILON = 2 ** -52;

/**
 * Eigenvalues of a symmetric tridiagonal matrix by the QL algorithm with implicit shifts; the rotations are applied to
 * `columns` too.
 *
 * @param diagonal overwritten with the eigenvalues, in no order.
 * @param beside the numbers beside the diagonal, as many as it has (the last means nothing); overwritten.
 * @param columns the columns of the unit matrix become the eigenvectors; of a matrix of some of its rows, those coordinates
 * of the eigenvectors.
 * @see Golub & Van Loan: "Matrix computations", section 8.3; Dubrulle, Martin & Wilkinson: "The implicit QL algorithm"
 * (Numerische Mathematik 12, 1968)
 */
export function* tridiagonalEigen(
  diagonal: Float64Array,
  beside: Float64Array,
  columns: readonly Float64Array[],
): Work<void> {
  const size = diagonal.length;
  beside[size - 1] = 0;
  const norm = diagonal.reduce((sum, value, i) => Math.max(sum, Math.abs(value) + Math.abs(beside[i]!)), 0);
  // Against the whole matrix's rounding errors too: among eigenvalues of 0, sweeps would not end soon.
  const isSmall = (i: number) =>
    Math.abs(beside[i]!) <=
    EPSILON * Math.max(Math.abs(diagonal[i]!) + Math.abs(diagonal[i + 1]!), norm / 64);
  for (let first = 0; first < size; first++) {
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      let last = first;
      while (last < size - 1 && !isSmall(last)) last++;
      if (last === first) break;
      sweepUp(diagonal, beside, columns, first, last);
      yield first / size;
    }
  }
}

/** One sweep from `last` up to `first`, shifted by the eigenvalue of the uppermost 2 x 2 block that is nearer its corner. */
function sweepUp(
  diagonal: Float64Array,
  beside: Float64Array,
  columns: readonly Float64Array[],
  first: number,
  last: number,
): void {
  const half = (diagonal[first + 1]! - diagonal[first]!) / (2 * beside[first]!);
  const root = Math.sqrt(half * half + 1);
  let bulge = diagonal[last]! - diagonal[first]! + beside[first]! / (half + (half < 0 ? -root : root));
  let [sine, cosine, shift] = [1, 1, 0];
  for (let i = last - 1; i >= first; i--) {
    const [f, b] = [sine * beside[i]!, cosine * beside[i]!];
    const length = Math.sqrt(f * f + bulge * bulge);
    beside[i + 1] = length;
    if (length === 0) {
      diagonal[i + 1]! -= shift;
      beside[last] = 0;
      return;
    }
    sine = f / length;
    cosine = bulge / length;
    const rest = diagonal[i + 1]! - shift;
    const turned = (diagonal[i]! - rest) * sine + 2 * cosine * b;
    shift = sine * turned;
    diagonal[i + 1] = rest + shift;
    bulge = cosine * turned - b;
    rotate(columns[i]!, columns[i + 1]!, cosine, sine);
  }
  diagonal[first]! -= shift;
  beside[first] = bulge;
  beside[last] = 0;
}

function rotate(left: Float64Array, right: Float64Array, cosine: number, sine: number): void {
  for (let k = 0; k < left.length; k++) {
    const [x, y] = [left[k]!, right[k]!];
    right[k] = sine * x + cosine * y;
    left[k] = cosine * x - sine * y;
  }
}

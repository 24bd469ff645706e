import type { Work } from '../work.ts';

const SWEEPS = 100; // two or three are usual
const EPSILON = 2 ** -52;

/**
 * Eigenvalues of a symmetric tridiagonal matrix by the QL algorithm with implicit shifts; the rotations are applied to
 * the columns of `turned` too.
 *
 * @param diagonal overwritten with the eigenvalues, in no order.
 * @param beside the numbers beside the diagonal, as many as it has (the last means nothing); overwritten.
 * @param turned as many columns of any length, row-major: those of the unit matrix become the eigenvectors, of some of its
 * rows these coordinates of the eigenvectors.
 * @see Golub & Van Loan: "Matrix computations", section 8.3; Dubrulle, Martin & Wilkinson: "The implicit QL algorithm"
 * (Numerische Mathematik 12, 1968)
 */
export function* tridiagonalEigen(
  diagonal: Float64Array,
  beside: Float64Array,
  turned: Float64Array,
): Work<void> {
  const size = diagonal.length;
  const rotations = { cosines: new Float64Array(size), sines: new Float64Array(size) };
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
      const end = sweepUp(diagonal, beside, rotations, first, last);
      turnColumns(turned, size, rotations, end, last);
      yield first / size;
    }
  }
}

/** Of columns i and i + 1 at i. */
interface Rotations {
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/**
 * One sweep from `last` up to `first`, shifted by the eigenvalue of the uppermost 2 x 2 block that is nearer its corner.
 *
 * @returns the column at which the last rotation was.
 */
function sweepUp(
  diagonal: Float64Array,
  beside: Float64Array,
  { cosines, sines }: Rotations,
  first: number,
  last: number,
): number {
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
      return i + 1;
    }
    sine = f / length;
    cosine = bulge / length;
    const rest = diagonal[i + 1]! - shift;
    const turned = (diagonal[i]! - rest) * sine + 2 * cosine * b;
    shift = sine * turned;
    diagonal[i + 1] = rest + shift;
    bulge = cosine * turned - b;
    cosines[i] = cosine;
    sines[i] = sine;
  }
  diagonal[first]! -= shift;
  beside[first] = bulge;
  beside[last] = 0;
  return first;
}

/**
 * Rotates columns `last` and the one before it, then that and the one before, up to `first`. Four rows at a time go through
 * all rotations: one number of each would wait for the one before.
 */
function turnColumns(
  matrix: Float64Array,
  size: number,
  { cosines, sines }: Rotations,
  first: number,
  last: number,
): void {
  const rows = matrix.length / size;
  const even = rows - (rows % 4);
  for (let row = 0; row < even; row += 4) {
    const a = row * size;
    const [b, c, d] = [a + size, a + 2 * size, a + 3 * size];
    let [ya, yb, yc, yd] = [matrix[a + last]!, matrix[b + last]!, matrix[c + last]!, matrix[d + last]!];
    for (let i = last - 1; i >= first; i--) {
      const [cosine, sine] = [cosines[i]!, sines[i]!];
      const [xa, xb, xc, xd] = [matrix[a + i]!, matrix[b + i]!, matrix[c + i]!, matrix[d + i]!];
      matrix[a + i + 1] = sine * xa + cosine * ya;
      matrix[b + i + 1] = sine * xb + cosine * yb;
      matrix[c + i + 1] = sine * xc + cosine * yc;
      matrix[d + i + 1] = sine * xd + cosine * yd;
      ya = cosine * xa - sine * ya;
      yb = cosine * xb - sine * yb;
      yc = cosine * xc - sine * yc;
      yd = cosine * xd - sine * yd;
    }
    matrix[a + first] = ya;
    matrix[b + first] = yb;
    matrix[c + first] = yc;
    matrix[d + first] = yd;
  }
  for (let at = even * size; at < matrix.length; at += size) {
    let y = matrix[at + last]!;
    for (let i = last - 1; i >= first; i--) {
      const x = matrix[at + i]!;
      matrix[at + i + 1] = sines[i]! * x + cosines[i]! * y;
      y = cosines[i]! * x - sines[i]! * y;
    }
    matrix[at + first] = y;
  }
}

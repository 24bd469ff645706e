import { normalQuantile } from '@latentkit/core';
import { lanesOf } from './lanes.ts';

/** The plane that a map shows: two axes of the latent space, and where it lies in the others. */
export interface Plane {
  readonly axes: readonly number[];
  /** A value for each dimension; those of the axes are the hand's. */
  readonly origin: readonly number[];
}

/** The code at a place of the plane. */
export function codeAt({ axes, origin }: Plane, x: number, y: number): Float32Array<ArrayBuffer> {
  const code = Float32Array.from(origin);
  const [first = 0, second] = axes;
  code[first] = x;
  if (second !== undefined) code[second] = y;
  return code;
}

/** The codes `[cells, dimensions]` at places of the plane, `[cells, 2]`. */
export function codesAt(plane: Plane, places: Float32Array): Float32Array<ArrayBuffer> {
  const dimensions = plane.origin.length;
  const codes = new Float32Array((places.length / 2) * dimensions);
  for (let i = 0; 2 * i < places.length; i++)
    codes.set(codeAt(plane, places[2 * i]!, places[2 * i + 1]!), i * dimensions);
  return codes;
}

/** Where codes lie on the plane; those of one number in lanes above their axis. */
export function placesOf(
  codes: Float32Array,
  { latentDim, labels }: { readonly latentDim: number; readonly labels?: Uint8Array },
  { axes: [first = 0, second] }: Pick<Plane, 'axes'>,
): { x: Float32Array; y: Float32Array } {
  const column = (axis: number) =>
    Float32Array.from({ length: codes.length / latentDim }, (_, i) => codes[i * latentDim + axis]!);
  const x = column(first);
  return { x, y: second === undefined ? lanesOf(x, labels) : column(second) };
}

/** Random words below this are the shares of a whole. */
const WORDS = 2 ** 32;

/** Codes over the plane, `side * side` of them from the upper left: as far apart as a standard normal prior is dense there. */
export function quantileCodes(plane: Plane, side: number): Float32Array<ArrayBuffer> {
  const quantile = (i: number) => normalQuantile(Math.round(((i + 0.5) / side) * WORDS));
  const codes = new Float32Array(side * side * plane.origin.length);
  for (let i = 0; i < side * side; i++) {
    const [column, row] = [i % side, Math.floor(i / side)];
    codes.set(codeAt(plane, quantile(column), quantile(side - 1 - row)), i * plane.origin.length);
  }
  return codes;
}

/** The rows whose codes are nearest, in all dimensions, the nearest first. */
export function nearestCodes(codes: Float32Array, code: Float32Array, count: number): number[] {
  const dimensions = code.length;
  const rows = codes.length / dimensions;
  const distance = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let d = 0; d < dimensions; d++) distance[i]! += (codes[i * dimensions + d]! - code[d]!) ** 2;
  }
  return [...distance.keys()].sort((a, b) => distance[a]! - distance[b]!).slice(0, count);
}

/** The mean of some rows' codes. */
export function meanCode(
  codes: Float32Array,
  latentDim: number,
  rows: readonly number[],
): Float32Array<ArrayBuffer> {
  const mean = new Float32Array(latentDim);
  for (const row of rows) {
    for (let d = 0; d < latentDim; d++) mean[d]! += codes[row * latentDim + d]! / rows.length;
  }
  return mean;
}

/** The mean of images, pixel by pixel. */
export function meanImage(images: Uint8Array, pixels: number): Uint8Array {
  const count = images.length / pixels;
  return Uint8Array.from({ length: pixels }, (_, p) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += images[i * pixels + p]!;
    return Math.round(sum / count);
  });
}

/** How many of some rows are of each class, most first. */
export function classMix(rows: readonly number[], labels: Uint8Array): { label: number; count: number }[] {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(labels[row]!, (counts.get(labels[row]!) ?? 0) + 1);
  return [...counts]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => b.count - a.count || a.label - b.label);
}

import { createRandom, Stream } from '@latentkit/core';
import type { Projection } from '../projection.ts';
import type { Work } from '../work.ts';

const DEVIATION = 1e-4;
// Columns that vary less than this share of the first are left to chance: points on a line could never leave it.
const LEAST_SHARE = 1e-6;

/** Normal places of standard deviation 1e-4, `[count, 2]`. */
export function randomPlaces(count: number, seed: number): Float32Array {
  const random = createRandom({ seed, stream: Stream.projection });
  return Float32Array.from({ length: 2 * count }, () => DEVIATION * random.normal());
}

/**
 * The codes of a PCA of one or two components, scaled so that the first has a standard deviation of 1e-4. A column
 * that does not vary, or is missing, is random.
 */
export function* principalPlaces(pca: Projection, seed: number): Work<Float32Array> {
  while (pca.progress.stage !== 'done') {
    pca.step();
    yield pca.progress.fraction;
  }
  const { count, components } = pca;
  const codes = pca.embedding;
  const deviations = Array.from({ length: components }, (_, c) => deviationOf(codes, count, components, c));
  const first = deviations[0]!;
  const places = randomPlaces(count, seed);
  for (const [c, deviation] of deviations.entries()) {
    if (!(deviation > LEAST_SHARE * first)) continue;
    for (let i = 0; i < count; i++) places[2 * i + c] = (codes[i * components + c]! / first) * DEVIATION;
  }
  return places;
}

function deviationOf(codes: Float32Array, count: number, components: number, column: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += codes[i * components + column]!;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (codes[i * components + column]! - mean) ** 2;
  return Math.sqrt(squares / count);
}

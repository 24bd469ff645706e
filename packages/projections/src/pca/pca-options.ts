import type { Points } from '../points.ts';
import type { Projection } from '../projection.ts';
import type { PcaModel } from './pca-model.ts';

export interface PcaOptions {
  /** Directions to find, up to `min(count, dimensions)`; 2 by default. */
  components?: number;
  /** Divides codes by the standard deviation along their direction; where there is none, codes are 0. */
  whiten?: boolean;
  /**
   * `'full'` goes by the eigenvectors of the covariance (or, for fewer points than dimensions, of all inner products of
   * points), `'randomized'` by a random sketch: seeded, and faster for thousands of points and dimensions. `'auto'`
   * sketches where both are above 2,000 and at most a tenth as many components are wanted, or where memory is short.
   */
  solver?: 'auto' | 'full' | 'randomized';
  /** Of what is random: the sketch, and where searches for eigenvectors start. 0 by default. */
  seed?: number;
  /** Bytes that may be used beside the points; 2 GiB by default. */
  memoryBudget?: number;
}

/** A principal component analysis. The fields of its model throw `E_USAGE` before the end. */
export interface PcaProjection extends Projection, PcaModel {
  /** Points of codes, `[count, components]`: `mean + codes directions`, as float32 `[count, dimensions]`. */
  inverseTransform(codes: Points): Float32Array;
}

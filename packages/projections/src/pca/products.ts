import type { Work } from '../work.ts';
import type { Deviations } from './deviations.ts';

/** Matrix products with the deviations D of points, `[count, dimensions]`. */
export interface Products {
  /** `'float64'` sums in float64 in plain loops, `'float32'` in float32 in WebAssembly, for many numbers. */
  readonly precision: 'float64' | 'float32';
  /** `D^T D`, `[dimensions, dimensions]`. */
  covariance(deviations: Deviations): Work<Float64Array>;
  /** `D D^T`, `[count, count]`. */
  gram(deviations: Deviations): Work<Float64Array>;
  /** `D V^T`, `[count, rows]`, for V `[rows, dimensions]`. Each point's numbers are its own: other points change no bit. */
  project(deviations: Deviations, directions: Float64Array, rows: number): Work<Float32Array>;
  /** `S^T D`, `[columns, dimensions]`, for S `[count, columns]`. */
  combine(deviations: Deviations, weights: Float32Array, columns: number): Work<Float64Array>;
}

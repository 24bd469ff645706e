/** What a finished principal component analysis knows. */
export interface PcaModel {
  /** `[dimensions]` */
  readonly mean: Float64Array;
  /**
   * `[components, dimensions]`: orthonormal rows. In each the number that is largest by magnitude, the first of equals, is
   * positive.
   */
  readonly directions: Float64Array;
  /** `[components]`: variance along each direction, by `count - 1`, in squared units of the points; largest first. */
  readonly explainedVariance: Float64Array;
  /** `[components]`: shares of the variance in all; 0 where there is none. */
  readonly explainedVarianceRatio: Float64Array;
  /** `[components]`: `sqrt((count - 1) explainedVariance)`. */
  readonly singularValues: Float64Array;
}

/** Options of umap-js; defaults are its own. */
export interface UmapJsOptions {
  /** 2 by default. */
  components?: number;
  /** Neighbours that a point is linked to, itself counted as one; 15 by default, lowered, with a warning, to fewer than there are points. */
  neighbors?: number;
  /** 0.1 by default. */
  minDist?: number;
  /** 1 by default. */
  spread?: number;
  /** Passes; 500 to 200 by the number of points by default. Raised, with a warning, to a multiple of 3. */
  epochs?: number;
  /** 1 by default. */
  learningRate?: number;
  /** 5 by default. */
  negativeSampleRate?: number;
  /** 0 by default. */
  seed?: number;
  /** More points are `E_LIMIT`. 20,000 by default, which take minutes. */
  maxPoints?: number;
}

export interface TsneOptions {
  /** Dimensions of the map: 2. */
  components?: 2;
  /**
   * How many neighbours a point has in effect: at least 1; 30 by default. Above a third of the other points it is
   * lowered to that, with a warning.
   */
  perplexity?: number;
  /**
   * Where points start: on the two principal components, scaled to a standard deviation of 1e-4 of the first (the
   * default); at random with that deviation; or places of your own, `[count, 2]`, as they are.
   */
  init?: 'pca' | 'random' | Float32Array;
  /**
   * How far points are moved at random from the start by `'pca'`, as a share of its deviation; 0 by default. It lets the seed
   * make other maps, which are as good: without it they hardly depend on the seed.
   */
  jitter?: number;
  /** Of the gradient without its factor 4; `'auto'` is `max(count / 12, 200)`. */
  learningRate?: 'auto' | number;
  /** What affinities are multiplied by at first; 12 by default. */
  exaggeration?: number;
  /** For so many iterations; 250 by default. */
  exaggerationIterations?: number;
  /** In all; 1000 by default. */
  iterations?: number;
  /**
   * From 0, which is exact, to 1: groups of points repel others as a whole when their side is less than `theta` times
   * the distance; 0.5 by default.
   */
  theta?: number;
  /** Distances between points; their squares are what affinities are made of. */
  metric?: 'euclidean' | 'cosine';
  /**
   * Ends after the exaggeration when 50 iterations lessen the divergence by less than this share of it, e.g. 0.001;
   * off by default.
   */
  earlyStop?: number | false;
  /** Of a random start, of `jitter`, and of what PCA leaves to chance; 0 by default. From `init: 'pca'` alone the map is the same for every seed. */
  seed?: number;
  /**
   * Threads that share the forces of each iteration, to the same bits: from 4,000 points on as many as the machine has in Node, 1 on pages,
   * for smaller maps, and wherever threads cannot share memory.
   */
  workers?: number;
  /** Bytes that may be used beside the points; 2 GiB by default. */
  memoryBudget?: number;
}

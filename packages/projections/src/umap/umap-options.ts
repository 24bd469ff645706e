/** How UMAP makes a map. */
export interface UmapOptions {
  /** Dimensions of the map; 2 by default. */
  components?: number;
  /**
   * Neighbours that a point's surroundings are measured by, 15 by default: the point itself counts, as in umap-learn and
   * umap-js, so that the same number means the same map. More than there are points are lowered, with a warning.
   */
  neighbors?: number;
  /** How near places may come, in units of the map; 0.1 by default, at most `spread`. */
  minDist?: number;
  /** Scale of the map; 1 by default. */
  spread?: number;
  metric?: 'euclidean' | 'cosine';
  /** Passes over the edges; by default 500 for up to 2,500 points, 400 up to 5,000, 300 up to 7,500, otherwise 200. */
  epochs?: number;
  /** Of the first epoch; it falls with the cube of the epochs that are left, so that the map comes to rest. 1 by default. */
  learningRate?: number;
  /** Points that repel a point for each neighbour that attracts it; 5 by default. */
  negativeSamples?: number;
  /** Weight of the repulsion; 1 by default. */
  repulsion?: number;
  /** 1 (the default) for the fuzzy union of the neighbours' views, 0 for their intersection. */
  setOpMixRatio?: number;
  /** Neighbours that are taken to be at distance 0; 1 by default. */
  localConnectivity?: number;
  /**
   * Where places begin: eigenvectors of the graph (the default), principal components, anywhere, or `[count, components]`
   * numbers, which are taken as they are (places that coincide do not push each other apart). A graph of several parts has no such eigenvectors and begins with principal
   * components, with a warning.
   */
  init?: 'spectral' | 'pca' | 'random' | Float32Array;
  /** A class for each point, a whole number; -1 where it is unknown. Pulls points of one class together. */
  labels?: ArrayLike<number>;
  /** Weight of the labels, 0 to 1; 0.5 by default. */
  targetWeight?: number;
  /** A whole number from 0 to 2^53 - 1; 0 by default. */
  seed?: number;
  /** Refuses to take more memory; 2 GiB by default. */
  memoryBudget?: number;
}

/** All options, with what depends on the points filled in. */
export interface UmapSettings extends Required<Omit<UmapOptions, 'labels'>> {
  labels: ArrayLike<number> | undefined;
}

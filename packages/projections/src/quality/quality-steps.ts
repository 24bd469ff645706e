/** Which draws of `Stream.quality` are for what, as its `step`. */
export const QUALITY_STEPS = { subsample: 0, triplets: 1, pairs: 2 } as const;

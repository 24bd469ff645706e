/**
 * What a random number is for: the last word of its counter, so that no two purposes share draws.
 *
 * The numbers are part of the file format of runs (a seed must mean the same tomorrow): add, never renumber.
 */
export const Stream = {
  weights: 0,
  shuffle: 1,
  latentNoise: 2,
  validationNoise: 3,
  split: 4,
  binarize: 5,
  digits: 6,
  sample: 7,
  figure: 8,
  neighbors: 9,
  projection: 10,
  quality: 11,
  cells: 12,
  revival: 13,
  importance: 14,
  mixtureFit: 15,
  shapes: 16,
  labels: 17,
  sweep: 18,
} as const;

export type Stream = (typeof Stream)[keyof typeof Stream];

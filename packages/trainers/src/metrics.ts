/** The loss and its terms: `loss = reconstruction + beta * kl`, the KL unweighted; no `kl` for a plain autoencoder. */
export interface LossMetrics {
  loss: number;
  reconstruction: number;
  kl?: number;
}

/** One epoch: means over its training batches, and the same over the validation images. */
export interface EpochMetrics extends LossMetrics {
  /** 1 for the first. */
  epoch: number;
  valLoss: number;
  valReconstruction: number;
  valKl?: number;
  learningRate: number;
  beta: number;
  seconds: number;
}

/** Puts the terms together. */
export function lossMetrics(reconstruction: number, kl: number | undefined, beta: number): LossMetrics {
  return kl === undefined
    ? { loss: reconstruction, reconstruction }
    : { loss: reconstruction + beta * kl, reconstruction, kl };
}

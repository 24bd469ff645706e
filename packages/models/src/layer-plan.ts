import type { Activation } from './model-spec.ts';

/** One layer of a model: what it computes, and the shapes of its parameters `<name>.kernel` and `<name>.bias`. */
export interface LayerPlan {
  readonly name: string;
  readonly type: 'dense' | 'convolution' | 'transposedConvolution';
  readonly activation: Activation;
  /** `[in, out]`; `[height, width, in, out]`; transposed: `[height, width, out, in]`. */
  readonly kernelShape: readonly number[];
  /** Numbers in the bias. */
  readonly units: number;
  /** Of one example, without the batch. */
  readonly outputShape: readonly number[];
  /** Of the convolutions. */
  readonly stride: number;
}

/** The layers of a model in the order they run. */
export interface ModelPlan {
  readonly encoder: readonly LayerPlan[];
  /** What reads the encoder's features: mean and logVar, or the code. */
  readonly heads: readonly LayerPlan[];
  readonly decoder: readonly LayerPlan[];
}

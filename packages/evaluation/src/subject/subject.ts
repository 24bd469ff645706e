import type { Accelerator, Examples, Factors } from '@latentkit/core';
import type { Codes, Model } from '@latentkit/models';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { EvaluatedModel } from './evaluated-model.ts';

/** What a metric may need of the model and of the images that it is judged by. */
export type Need =
  | 'labels'
  | 'factors'
  | 'gaussianCode'
  | 'oneLevel'
  | 'standardPrior'
  | 'prior'
  | 'density'
  | 'mass'
  | 'images'
  | 'window'
  | 'unconditional'
  | 'oneHead'
  | 'training'
  | 'outliers'
  | 'several'
  | 'gray28';

/** Images that codes can be learned from, with their classes. */
export interface LabelledExamples {
  readonly set: Examples;
  /** A whole number from 0 each, -1 for none. */
  readonly labels?: ArrayLike<number>;
}

export interface ComputeOptions {
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
}

/** Images that are unlike those that the model learned from, and what they are: 'test images of fashion-mnist'. */
export interface Outliers {
  readonly set: Examples;
  readonly title: string;
}

/** A model under test, and what it is tested on. Codes and the like are computed once, whoever asks for them. */
export interface Subject extends EvaluatedModel {
  readonly model: Model;
  readonly set: Examples;
  readonly labels?: ArrayLike<number>;
  readonly classNames?: readonly string[];
  readonly factors?: Factors;
  /** Of noise and coins. */
  readonly seed: number;
  /** The number of the set's first image, whose noise and coins it has, in the set that this one is a part of. */
  readonly first: number;
  readonly binarize: 'none' | 'fixed';
  readonly accelerator?: Accelerator<Tensor>;
  /** Why it cannot be measured by what needs this, in a sentence. */
  lacks(need: Need): string | undefined;
  /** Of the images that it is judged by. */
  codes(options?: ComputeOptions): Promise<Codes>;
  /** Images that the model may have learned from, as they were handed over. */
  readonly training?: () => Promise<LabelledExamples>;
  /** What is to be told from the images that it is judged by. */
  readonly outliers?: () => Promise<Outliers>;
  /** Images that the model may have learned from, their codes and classes: what probes learn on. */
  trainingCodes(options?: ComputeOptions): Promise<{ codes: Codes; labels: ArrayLike<number> }>;
  /** Hands over images (as floats) and what their mean codes decode to, some at a time, in order. */
  reconstruct(
    use: (given: Float32Array, back: Float32Array, first: number) => void,
    options?: ComputeOptions,
  ): Promise<void>;
  /** `[count, latent]` to images; of a conditional model by the class of each. */
  decode(latent: Float32Array, label?: ArrayLike<number>): Promise<Float32Array>;
  /** Images of codes drawn from the prior. */
  sample(count: number): Promise<Float32Array>;
  /** Frees the weights. */
  close(): Promise<void>;
}

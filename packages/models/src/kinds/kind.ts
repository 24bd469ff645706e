import type { NoiseRequests } from '@latentkit/core';
import type { LatentInfo, Model } from '../model.ts';
import type { Activation, ModelSpec } from '../model-spec.ts';
import type { Pass, PassContext, PassOptions } from '../pass.ts';

/** What a kind of model adds to its networks. Kinds are rows of {@link KINDS}. */
export interface ModelKind {
  readonly type: ModelSpec['kind'];
  /** What reads the encoder's features: the layers `encoder.<name>`. */
  heads(spec: ModelSpec): readonly { name: string; activation: Activation }[];
  latents(spec: ModelSpec): readonly LatentInfo[];
  /** The noise of one sample. */
  noise(spec: ModelSpec): NoiseRequests;
  /** Does it draw its codes from a prior? */
  readonly hasPrior: boolean;
  pass(model: Model, context: PassContext, options: PassOptions): Pass;
}

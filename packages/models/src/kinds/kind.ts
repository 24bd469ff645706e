import type { ImageShape, NoiseRequests } from '@latentkit/core';
import type { ModelPlan } from '../layer-plan.ts';
import type { Activation } from '../layers/activation.ts';
import type { NetSpec } from '../nets/nets.ts';
import type { Pass, PassContext, PassOptions } from '../pass.ts';
import type { LatentInfo, PassedModel } from '../passed-model.ts';

/** What a kind's functions read of a spec. */
export interface CodeSpec {
  readonly latentDim: number;
  readonly latentActivation?: Activation;
  readonly image: ImageShape;
  readonly encoder: NetSpec;
  readonly condition?: { readonly classes: number };
  readonly classifier?: NetSpec;
}

/** What a kind of model adds to its networks: a row of {@link KINDS}. */
export interface ModelKind {
  readonly type: string;
  /** What reads the encoder's features: the layers `encoder.<name>`. */
  heads(spec: CodeSpec): readonly { name: string; activation: Activation }[];
  latents(spec: CodeSpec): readonly LatentInfo[];
  /** The noise of one sample. */
  noise(spec: CodeSpec): NoiseRequests;
  /** Does it draw its codes from a prior? */
  readonly hasPrior: boolean;
  /** What it has beside encoder and decoder. */
  parts?(spec: CodeSpec): ModelPlan['parts'];
  pass(model: PassedModel, context: PassContext, options: PassOptions): Pass;
}

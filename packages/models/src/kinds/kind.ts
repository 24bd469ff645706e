import type { ImageShape, NoiseRequests } from '@latentkit/core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { ModelPlan, ParameterPlan } from '../layer-plan.ts';
import type { Activation } from '../layers/activation.ts';
import type { NetSpec } from '../nets/nets.ts';
import type { Parameters } from '../parameters.ts';
import type { Pass, PassContext, PassOptions } from '../pass.ts';
import type { Code, EncodedHeads, LatentInfo, PassedModel } from '../passed-model.ts';
import type { Prior } from '../priors/prior.ts';
import type { PriorSpec } from '../priors/priors.ts';
import type { CodebookSpec } from './codebook-spec.ts';
import type { UpperSpec } from './upper-spec.ts';

/** What a kind's functions read of a spec. */
export interface CodeSpec {
  readonly latentDim: number;
  readonly latentActivation?: Activation;
  readonly image: ImageShape;
  readonly encoder: NetSpec;
  readonly condition?: { readonly classes: number };
  readonly classifier?: NetSpec;
  readonly upper?: UpperSpec;
  readonly codebook?: CodebookSpec;
}

/** What a prior may ask of images that are learned, with a gradient to them; of a conditional model, each of the class whose turn it is. */
export type PriorEncoder = (parameters: Parameters, images: Tensor4D) => EncodedHeads;

/** What a kind of model adds to its networks: a row of {@link KINDS}. */
export interface ModelKind {
  readonly type: string;
  /** What reads the encoder's features: the layers `encoder.<name>`. */
  heads(spec: CodeSpec): readonly { name: string; activation: Activation }[];
  latents(spec: CodeSpec): readonly LatentInfo[];
  /** The noise of one sample. */
  noise(spec: CodeSpec): NoiseRequests;
  /** Does it have a prior to draw codes from: always, where its spec names one, or never? */
  readonly prior: 'always' | 'asked' | 'never';
  /** What it has beside encoder and decoder; `features` is the shape of what the encoder gives. */
  parts?(spec: CodeSpec, features: readonly number[]): ModelPlan['parts'];
  /** The prior of its codes, where it is made of the one that a spec names, and is not that itself. */
  priorOf?(spec: CodeSpec & { readonly prior?: PriorSpec }, plan: ModelPlan, encoder: PriorEncoder): Prior;
  /** The shape of a code, where it is not `[latentDim]`: of what the encoder gives, `[units]` or `[height, width, channels]`. */
  codeShape?(spec: CodeSpec, features: readonly number[]): readonly number[];
  /** What training moves by other means than gradients, by name. */
  state?(spec: CodeSpec): Readonly<Record<string, ParameterPlan>>;
  /** A code of what the heads give, where it is not mean and log variance as they are. */
  code?(
    heads: readonly Tensor[],
    parameters: Parameters,
    encoded: { features: Tensor; plan: ModelPlan },
  ): Code;
  pass(model: PassedModel, context: PassContext, options: PassOptions): Pass;
}

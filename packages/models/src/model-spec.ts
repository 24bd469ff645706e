import { checkBy, fields, optional, rule, type Schema, type SpecOf, whole } from '@latentkit/core/schema';
import { likelihoodSchema } from '@latentkit/losses';
import { codebookSchema } from './kinds/codebook-spec.ts';
import { kindOf, kindSchema } from './kinds/kinds.ts';
import { upperSchema } from './kinds/upper-spec.ts';
import { activationSchema } from './layers/activation.ts';
import { netKindOf, netSchema } from './nets/nets.ts';
import { priorSchema } from './priors/priors.ts';

/** What a model's spec may hold beside the images' shape. */
export const modelFields = {
  /** A variational autoencoder has a distribution for a code (mean and log variance), a plain one a point, `vq` vectors of a codebook. */
  kind: kindSchema,
  /** Numbers of a code; of each of its vectors, of kind `vq`. */
  latentDim: whole(1),
  encoder: netSchema,
  decoder: netSchema,
  /** What follows the code of a plain autoencoder; linear by default. */
  latentActivation: optional(activationSchema),
  likelihood: likelihoodSchema,
  /** Where codes come from, the upper ones of kind 'hierarchical'; a standard normal by default. Of a plain autoencoder, what its codes are to become like. */
  prior: optional(priorSchema),
  /**
   * Classes that encoder and decoder are told of, `q(z | x, y)` and `p(x | z, y)`: labels go in one-hot, `[batch, classes]`.
   *
   * @see Sohn et al. 2015, Learning Structured Output Representation using Deep Conditional Generative Models, equation 4; its prior knows
   * no class here, as in model M2 of Kingma et al. 2014
   */
  condition: optional(fields({ classes: whole(2) })),
  /** The codes of kind `vq`. */
  codebook: optional(codebookSchema),
  /** Of kind 'semiSupervised': what tells the class of an image; layers like the encoder's by default. */
  classifier: optional(netSchema),
  /** The upper level of kind 'hierarchical'. */
  upper: optional(upperSchema),
};

export const imageSchema = fields({ height: whole(1), width: whole(1), channels: whole(1) });

const singleFields = fields({ ...modelFields, image: imageSchema });

/** A model as data: everything but its weights. JSON in, JSON out. */
export type ModelSpec = SpecOf<typeof singleFields>;

/** What a model's spec may hold. */
export const modelSchema: Schema<ModelSpec> = rule(singleFields, (spec) => brokenModelRule(spec));

/** What no single field of a model tells: a sentence where it is broken. `prefix` goes before the fields' names. */
export function brokenModelRule(spec: Omit<ModelSpec, 'image'>, prefix = ''): string | undefined {
  const { kind, latentActivation, prior } = spec;
  const { prior: hasPrior } = kindOf({ kind });
  if (kind !== 'autoencoder' && latentActivation !== undefined) {
    const why =
      kind === 'vq' ? 'codes are vectors of a codebook' : 'a mean and a log variance may be any numbers';
    return `${prefix}latentActivation is for ${prefix}kind 'autoencoder'. Leave it out: ${why}`;
  }
  if (hasPrior === 'never' && prior !== undefined) {
    return `${prefix}prior is not for ${prefix}kind '${kind}'. Leave it out: which codes go together is learned afterwards, by a sampler`;
  }
  if (hasPrior === 'asked' && prior !== undefined && prior.type !== 'standardNormal') {
    return `${prefix}prior of ${prefix}kind '${kind}' is what its codes are to become like: it must be of type 'standardNormal', got '${prior.type}'`;
  }
  return (
    brokenNet(spec, prefix) ??
    brokenVq(spec, prefix) ??
    brokenSemiSupervised(spec, prefix) ??
    brokenHierarchical(spec, prefix)
  );
}

function brokenNet(
  { encoder, decoder, classifier }: Omit<ModelSpec, 'image'>,
  prefix: string,
): string | undefined {
  for (const [name, net] of Object.entries({ encoder, decoder, classifier })) {
    const broken = net && netKindOf(net).broken?.(net);
    if (broken) return `${prefix}${name}.${broken}`;
  }
  return undefined;
}

function brokenVq(
  { kind, condition, codebook, encoder }: Omit<ModelSpec, 'image'>,
  prefix: string,
): string | undefined {
  if (kind !== 'vq') {
    return codebook && `${prefix}codebook is for ${prefix}kind 'vq'. Leave it out, or use that`;
  }
  if (!codebook) return `${prefix}codebook is missing: ${prefix}kind 'vq' needs one, { size: 512 } say`;
  if (condition) {
    return `${prefix}condition is not for ${prefix}kind 'vq'. Leave it out, or use ${prefix}kind 'vae'`;
  }
  if (codebook.vectors !== undefined && encoder.type !== 'mlp' && !encoder.hidden?.length) {
    return `${prefix}codebook.vectors is for encoders that end in a dense layer. Leave it out: there is a code at each position of this one's grid`;
  }
  return undefined;
}

function brokenSemiSupervised(
  { kind, condition, classifier }: Omit<ModelSpec, 'image'>,
  prefix: string,
): string | undefined {
  if (kind !== 'semiSupervised') {
    return classifier && `${prefix}classifier is for ${prefix}kind 'semiSupervised'. Leave it out`;
  }
  return condition
    ? undefined
    : `${prefix}kind 'semiSupervised' needs ${prefix}condition: { classes }: how many there are`;
}

function brokenHierarchical({ kind, upper }: Omit<ModelSpec, 'image'>, prefix: string): string | undefined {
  if (kind !== 'hierarchical') {
    return upper && `${prefix}upper is for ${prefix}kind 'hierarchical'. Leave it out, or use that`;
  }
  if (!upper) {
    return `${prefix}upper is missing: ${prefix}kind 'hierarchical' needs one, { latentDim, encoder, decoder }, both of type 'mlp'`;
  }
  return undefined;
}

/**
 * A spec as it stands, with its words kept: `'vae'` rather than `string`, so that it can be taken apart and passed on.
 *
 * @throws `E_CONFIG` naming the first field that does not fit.
 * @example
 * const spec = defineModel({
 *   kind: 'vae',
 *   image: { height: 28, width: 28, channels: 1 },
 *   latentDim: 2,
 *   encoder: { type: 'mlp', hidden: [512], activation: 'relu' },
 *   decoder: { type: 'mlp', hidden: [512], activation: 'relu' },
 *   likelihood: { type: 'bernoulli', output: 'sigmoid' },
 * });
 */
export function defineModel<const Spec extends ModelSpec>(spec: Spec): Spec {
  checkBy(modelSchema, spec, 'defineModel');
  return spec;
}

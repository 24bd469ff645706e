import { LatentkitError, sizeOfShape } from '@latentkit/core';
import { type Gaussian, klNormal, normalLogDensity } from '@latentkit/losses';
import { add, reshape, scale, subtract, sum } from '@latentkit/losses/ops';
import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { LayerPlan, ModelPlan } from '../layer-plan.ts';
import { runLayers } from '../layers/layers.ts';
import { planDense, planHidden } from '../nets/plan-dense.ts';
import type { Parameters } from '../parameters.ts';
import type { Density, Latent, Pass } from '../pass.ts';
import type { Code } from '../passed-model.ts';
import type { Prior } from '../priors/prior.ts';
import { createPrior } from '../priors/priors.ts';
import { reparameterize } from '../reparameterize.ts';
import { decodedScores } from './decoded-scores.ts';
import type { ModelKind } from './kind.ts';
import { once } from './once.ts';
import { imagesOf, noiseOf, toldOf } from './pass-inputs.ts';
import { vae } from './vae.ts';

/**
 * Two latents, one above the other: `p(x | z) p(z | z2) p(z2)` with `q(z2 | x) q(z | x, z2)`, top down.
 *
 * `p(z2)` is the prior that the spec names, N(0, 1) by default; `p(z | z2)` and `q(z | x, z2)` are normal. The posterior's mean and log
 * variance are a linear function of the features of the image and of those of z2, `W h(x) + V d(z2) + b`; `d` is what the prior reads, too.
 * So z's KL has a closed form, and z2's where its prior has one.
 *
 * @see Sønderby et al.: "Ladder variational autoencoders" (2016), equations 2 to 6; Kingma et al.: "Improved variational inference with
 * inverse autoregressive flow" (2016), section 5.1, for posteriors from the top down; Tomczak & Welling: "VAE with a VampPrior" (2018),
 * section 4, for learned priors of z2
 */
export const hierarchical = {
  ...vae,
  type: 'hierarchical',
  latents: (spec) => [...vae.latents(spec), { name: 'z2', type: 'gaussian', size: spec.upper!.latentDim }],
  noise: (spec) => ({
    ...vae.noise(spec),
    z2: { distribution: 'normal', shape: [spec.upper!.latentDim] },
  }),
  parts: ({ latentDim, upper }, features) => {
    const { encoder, decoder, latentDim: size } = upper!;
    const inputs = sizeOfShape(features);
    const up = planHidden('upperEncoder', inputs, encoder.hidden, encoder.activation);
    const down = planHidden('upperDecoder', size, decoder.hidden, decoder.activation);
    const headsOf = (part: string, names: readonly string[], from: number, to: number) =>
      names.map((name) => planDense(`${part}.${name}`, from, [to], 'linear'));
    return {
      upperEncoder: [...up, ...headsOf('upperEncoder', UP, encoder.hidden.at(-1) ?? inputs, size)],
      upperDecoder: [...down, ...headsOf('upperDecoder', DOWN, decoder.hidden.at(-1) ?? size, latentDim)],
    };
  },
  priorOf({ upper, prior, image }, plan, encodeHeads) {
    const { latentDim } = upper!;
    const upperPrior = createPrior(prior, {
      ...{ latentDim, image },
      encode: (parameters, images) =>
        upperPosterior(plan, parameters, encodeHeads(parameters, images).features),
    });
    return priorByWayOf(upperPrior, latentDim, plan);
  },
  code(heads, parameters, { features, plan }): Code {
    const { mean } = upperPosterior(plan, parameters, features);
    return posteriorOf(heads, topDown(plan, parameters, mean as Tensor2D), 1) as Code;
  },
  pass(model, context, { samples = 1, gate }): Pass {
    if (gate) {
      throw new LatentkitError('E_CONFIG', 'pass: no gate is known for the samples of two levels', {
        fix: "Use the gradient 'usual', or kind 'vae'",
      });
    }
    const { parameters, inputs } = context;
    const { plan, latentDim: size } = model;
    const x = imagesOf(inputs);
    const batch = x.shape[0]!;
    const encoded = once(() => model.encodeHeads(parameters, x, toldOf(context)));
    const upperQ = once(() => upperPosterior(plan, parameters, encoded().features));
    const z2 = once((): Tensor2D => {
      const { mean, logVar } = upperQ() as { mean: Tensor2D; logVar: Tensor2D };
      const upperSize = mean.shape[1];
      const drawn = reparameterize(mean, logVar, noiseOf(inputs, 'z2', [batch, samples, upperSize]));
      return reshape<Tensor2D>(drawn, [batch * samples, upperSize]);
    });
    const down = once(() => topDown(plan, parameters, z2()));
    const q = once(() => posteriorOf(encoded().heads, down(), samples));
    const code = once((): Tensor2D => {
      const { mean, logVar } = q() as { mean: Tensor2D; logVar: Tensor2D };
      const noise = noiseOf(inputs, 'z', [batch, samples, size]);
      return reparameterize(mean, logVar, reshape<Tensor2D>(noise, mean.shape));
    });
    const bySample = (rows: Tensor) => reshape<Tensor2D>(rows, [batch, samples]);
    const sampleOf = (rows: Tensor2D) => reshape<Tensor3D>(rows, [batch, samples, rows.shape[1]]);
    const latents = {
      z: lazyLatent({
        posterior: q,
        sample: () => sampleOf(code()),
        prior: () => conditionalDensity(down().prior, [batch, samples, size]),
      }),
      z2: lazyLatent({
        posterior: upperQ,
        sample: () => sampleOf(z2()),
        prior: () => model.prior!.upper!.prior.density(context),
      }),
    };
    const scores = decodedScores(model, context, { batch, samples, code });
    return {
      ...{ batch, samples, x, context, latents },
      get code() {
        return code();
      },
      ...scores,
      ...(model.likelihood.density !== 'none' && {
        logWeights: once(() => {
          const lower = subtract(normalLogDensity(code(), down().prior), normalLogDensity(code(), q()));
          const { sample, prior } = latents.z2;
          const upper = subtract(prior.logDensity(sample), normalLogDensity(sample, upperQ()));
          return add<Tensor2D>(scores.logLikelihood(), add(bySample(lower), upper));
        }),
      }),
    };
  },
} as const satisfies ModelKind;

const UP = ['mean', 'logVar'] as const;
/** Of p(z | z2), and what z2 adds to those of q(z | x, z2). */
const DOWN = ['mean', 'logVar', 'posteriorMean', 'posteriorLogVar'] as const;

interface TopDown {
  /** `p(z | z2)`. */
  readonly prior: Gaussian;
  /** The part of `q(z | x, z2)` that is of z2. */
  readonly ofPosterior: Gaussian;
}

/** A part's hidden layers, then each of its last layers on what they give. */
function runPart(layers: readonly LayerPlan[], heads: number, x: Tensor, parameters: Parameters): Tensor2D[] {
  const features = runLayers(layers.slice(0, -heads), x, { parameters });
  return layers.slice(-heads).map((head) => runLayers([head], features, { parameters }) as Tensor2D);
}

/** `q(z2 | x)`, from the images' features. */
function upperPosterior({ parts }: ModelPlan, parameters: Parameters, features: Tensor): Gaussian {
  const [mean, logVar] = runPart(parts!.upperEncoder!, UP.length, features, parameters);
  return { mean: mean!, logVar: logVar! };
}

function topDown({ parts }: ModelPlan, parameters: Parameters, z2: Tensor2D): TopDown {
  const [mean, logVar, ...ofZ2] = runPart(parts!.upperDecoder!, DOWN.length, z2, parameters);
  return {
    prior: { mean: mean!, logVar: logVar! },
    ofPosterior: { mean: ofZ2[0]!, logVar: ofZ2[1]! },
  };
}

/** `q(z | x, z2)`, a row a sample: the image's part is the same for all of its samples. */
function posteriorOf(heads: readonly Tensor[], { ofPosterior }: TopDown, samples: number): Gaussian {
  const sumOf = (ofImage: Tensor, ofZ2: Tensor) => {
    if (samples === 1) return add(ofImage, ofZ2);
    const [batch, size] = ofImage.shape as [number, number];
    const sums = add(reshape(ofImage, [batch, 1, size]), reshape(ofZ2, [batch, samples, size]));
    return reshape(sums, ofZ2.shape);
  };
  return {
    mean: sumOf(heads[0]!, ofPosterior.mean),
    logVar: sumOf(heads[1]!, ofPosterior.logVar),
  };
}

/** `p(z | z2)`, given a z2 for each sample. */
function conditionalDensity(
  prior: Gaussian,
  [batch, samples, size]: readonly [number, number, number],
): Density {
  return {
    logDensity: (z) =>
      reshape<Tensor2D>(normalLogDensity(reshape(z, [batch * samples, size]), prior), [batch, samples]),
    kl(q) {
      const ofRows = sum<Tensor1D>(klNormal(q, prior));
      return samples === 1 ? ofRows : scale(sum<Tensor1D>(reshape(ofRows, [batch, samples])), 1 / samples);
    },
    ...(samples === 1 && { klPerDimension: (q) => klNormal(q, prior) as Tensor2D }),
  };
}

function lazyLatent(parts: { [Part in keyof Latent]: () => Latent[Part] }): Latent {
  const [posterior, sample, prior] = [once(parts.posterior), once(parts.sample), once(parts.prior)];
  return {
    get posterior() {
      return posterior();
    },
    get sample() {
      return sample();
    },
    get prior() {
      return prior();
    },
  };
}

/** Codes z come by way of a z2: they have no density of their own. */
function priorByWayOf(prior: Prior, latentDim: number, plan: ModelPlan): Prior {
  return {
    type: 'hierarchical',
    parameters: prior.parameters,
    density() {
      throw new LatentkitError(
        'E_USAGE',
        'prior: codes of two levels have a density given their upper ones alone',
        {
          fix: 'latents.z.prior of a pass is that.',
        },
      );
    },
    upper: { latentDim, prior, down: (parameters, z2) => topDown(plan, parameters, z2).prior },
  };
}

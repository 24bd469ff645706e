import { LatentkitError, type NamedArrays, pixelCount } from '@latentkit/core';
import type { Model } from '../model.ts';
import type { Prior } from '../priors/prior.ts';
import { componentsProgram, downProgram, samplePrior, sampleUpper } from '../priors/sample-prior.ts';
import type { Sampler } from '../samplers/sampler.ts';
import type { Calls, Codes, SampleOptions } from './call.ts';
import { checkSize } from './check-call.ts';
import type { RowCuts } from './row-cuts.ts';

export interface SamplingCalls {
  sampleCodes(options: Omit<SampleOptions, 'label'>): Calls<Float32Array>;
  prior(): Calls<Codes | undefined>;
}

/** What draws codes of a model, from its prior or from a sampler. */
export function samplingCalls(model: Model, cuts: RowCuts): SamplingCalls {
  const { prior, latentDim } = model;
  const pixels = pixelCount(model.spec.image);

  function* sampleCodes({ count, seed = 0, from }: SampleOptions): Calls<Float32Array> {
    checkSize('sample', count, Math.max(pixels, latentDim));
    if (from) return codesFrom(from, latentDim, { count, seed });
    if (!prior) throw noPrior(model);
    const program = componentsProgram(prior.upper?.prior ?? prior);
    const components = program && (yield { program, inputs: {} });
    if (!prior.upper) return samplePrior(components, { count, latentDim, seed });
    const noise = samplePrior(undefined, { count, latentDim, seed });
    return yield* bringDown(prior, noise, { seed, components });
  }

  /** Codes of an upper level's, of standard normal numbers, which become theirs. */
  function* bringDown(
    prior: Prior,
    codes: Float32Array,
    { seed, components }: { seed: number; components: NamedArrays | undefined },
  ): Calls<Float32Array> {
    const program = downProgram(prior)!;
    const upperDim = prior.upper!.latentDim;
    for (const { first, end } of cuts(codes.length / latentDim)) {
      const data = sampleUpper({ first, end }, { latentDim, upperDim, seed, components });
      const given = yield { program, inputs: { upper: { shape: [end - first, upperDim], data } } };
      const [mean, deviation] = [given.mean!.data, given.deviation!.data];
      const own = codes.subarray(first * latentDim, end * latentDim);
      for (const [i, noise] of own.entries()) own[i] = mean[i]! + deviation[i]! * noise;
    }
    return codes;
  }

  function* priorCodes(): Calls<Codes | undefined> {
    if (!prior || prior.upper) return undefined;
    const program = componentsProgram(prior);
    if (!program) return { mean: new Float32Array(latentDim), logVar: new Float32Array(latentDim) };
    const components: NamedArrays = yield { program, inputs: {} };
    const { mean, deviation } = components;
    const logVar = Float32Array.from(deviation!.data, (value) => 2 * Math.log(value));
    return { mean: Float32Array.from(mean!.data), logVar };
  }

  return { sampleCodes, prior: priorCodes };
}

/** Codes that a sampler draws; those of another model are refused. */
function codesFrom(from: Sampler, latentDim: number, { count, seed }: { count: number; seed: number }) {
  if (from.latentDim === latentDim) return from.sample(count, { seed });
  throw new LatentkitError(
    'E_SHAPE',
    `sample: expected a sampler of codes of ${latentDim} numbers, got one of ${from.latentDim}`,
    { fix: 'Fit it to codes of this model' },
  );
}

/** What there is instead of drawing from a prior. */
function noPrior({ codebook }: Model): LatentkitError {
  return codebook
    ? new LatentkitError(
        'E_USAGE',
        'sample: a codebook has no prior: which codes go together was not learned',
        {
          fix: 'Fit a sampler to the codes of training images, as { from: fitGaussianMixture(codes, ...) }, or decode codes of images you have',
        },
      )
    : new LatentkitError('E_USAGE', 'sample: a plain autoencoder has no prior to draw from', {
        fix: "Train a model of kind 'vae', or fit a sampler to codes of images: { from: fitGaussianMixture(codes, { latentDim }) }",
      });
}

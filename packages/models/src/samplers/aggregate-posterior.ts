import { createRandom, LatentkitError, type NamedArrays, portableExp, Stream } from '@latentkit/core';
import { checkOptions, checkValue, having, needed, whole } from '@latentkit/core/options';
import type { Codes } from '../trained/call.ts';
import { checkArrays } from './check-arrays.ts';
import { checkCodes } from './check-codes.ts';
import { drawRows } from './draw-rows.ts';
import type { Sampler, SamplerKind } from './sampler.ts';

const codesRule = having('codes, as encode gives them', { mean: 'object' });

/**
 * Codes as images have them: one of these images, by chance, and a code of its posterior. It is the mixture of all posteriors, which training
 * wants to be the prior and which never quite is.
 *
 * @param codes what `encode` gives of training images: `mean` and `logVar`, `[count, latent]`.
 * @throws `E_USAGE` for points, which have no posterior: of them it would give the images again; `E_SHAPE`, `E_NOT_FINITE` for codes that
 * are none.
 * @example
 * const from = aggregatePosteriorSampler(trained.encode(images), { latentDim: 5 });
 * const pictures = trained.sample({ count: 64, seed: 1, from });
 * @see Hoffman & Johnson 2016, ELBO surgery: yet another way to carve up the variational evidence lower bound, section 1
 */
export function aggregatePosteriorSampler(codes: Codes, options: { latentDim: number }): Sampler {
  const where = 'aggregatePosteriorSampler';
  checkValue(where, 'codes', codes, codesRule);
  checkOptions(where, options, { latentDim: needed(whole(1)) });
  const { mean, logVar } = codes;
  const { latentDim } = options;
  const count = checkCodes(where, mean, latentDim);
  if (!logVar) {
    throw new LatentkitError(
      'E_USAGE',
      `${where}: these codes are points, without a distribution to draw from`,
      {
        fix: 'fitGaussianMixture fits one to them',
      },
    );
  }
  if (checkCodes(where, logVar, latentDim) !== count) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected as many variances as means, got ${logVar.length} and ${mean.length} numbers`,
    );
  }
  const shape = [count, latentDim];
  return posteriorSampler({ means: { shape, data: mean.slice() }, logVars: { shape, data: logVar.slice() } });
}

/** Its words of a code: `latent` standard normal numbers, then one that chooses an image. */
function posteriorSampler(arrays: NamedArrays): Sampler {
  const { means, logVars } = arrays;
  const [count, latentDim] = means!.shape as [number, number];
  return {
    ...{ type: 'aggregatePosterior', latentDim, arrays },
    sample: (rows, { seed = 0 } = {}) =>
      drawRows('aggregatePosterior', rows, latentDim, (row, code) => {
        const random = createRandom({ seed, stream: Stream.sample, index: row });
        for (let d = 0; d < latentDim; d++) code[d] = random.normal();
        const first = random.integer(count) * latentDim;
        for (let d = 0; d < latentDim; d++) {
          code[d] = means!.data[first + d]! + portableExp(logVars!.data[first + d]! / 2) * code[d]!;
        }
      }),
  };
}

export const aggregatePosteriorKind: SamplerKind = {
  type: 'aggregatePosterior',
  restore(arrays) {
    const shape = arrays.means?.shape ?? [];
    checkArrays('aggregatePosterior', arrays, { means: shape.length === 2 ? shape : [0, 0], logVars: shape });
    return posteriorSampler(arrays);
  },
};

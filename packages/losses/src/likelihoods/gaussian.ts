import { LatentkitError } from '@latentkit/core';
import { chosenBy, fields, numberFrom, oneOf, word } from '@latentkit/core/schema';
import type { Scalar } from '@tensorflow/tfjs-core';
import { gaussianNegativeLogLikelihood, LEAST_SIGMA } from '../gaussian-negative-log-likelihood.ts';
import { gaussianPerImageScore } from '../gaussian-per-image-score.ts';
import { gaussianPerPixelNegativeLogLikelihood } from '../gaussian-per-pixel-negative-log-likelihood.ts';
import { likelihoodKind } from './likelihood-kind.ts';
import { headOf, ofOneMean } from './of-one-mean.ts';
import { outputSchema } from './output-schema.ts';

const LOG_SIGMA = 'likelihood.logSigma';

type Sigma = number | 'learned' | 'perPixel' | 'perImage';

/**
 * The negative log density of a normal distribution; `sigma` a number, one learned for all pixels, one that the decoder gives of each pixel,
 * or the one that fits each image best.
 */
export const gaussian = likelihoodKind('gaussian', {
  fields: fields({
    type: word('gaussian'),
    output: outputSchema,
    sigma: chosenBy<Sigma>((sigma) =>
      typeof sigma === 'number'
        ? numberFrom(LEAST_SIGMA)
        : oneOf(['learned', 'perPixel', 'perImage'], 'a number above 0'),
    ),
  }),
  create: (spec) => {
    const { output, sigma } = spec;
    if (sigma === 'perPixel') {
      return ofOneMean(spec, {
        density: 'density',
        others: ['logSigma'],
        score: (preActivation, target, _, decoded) =>
          gaussianPerPixelNegativeLogLikelihood(preActivation, headOf(decoded, 'logSigma'), target, {
            output,
          }),
      });
    }
    if (sigma === 'perImage') {
      return ofOneMean(spec, {
        density: 'none',
        scoredIn: 'nats at the best sigma',
        score: (preActivation, target) => gaussianPerImageScore(preActivation, target, { output }),
      });
    }
    return ofOneMean(spec, {
      density: 'density',
      parameterShapes: sigma === 'learned' ? { [LOG_SIGMA]: [] } : {},
      score(preActivation, target, parameters) {
        if (sigma !== 'learned')
          return gaussianNegativeLogLikelihood(preActivation, target, { output, sigma });
        const logSigma = parameters[LOG_SIGMA] as Scalar | undefined;
        if (logSigma) return gaussianNegativeLogLikelihood(preActivation, target, { output, logSigma });
        throw new LatentkitError(
          'E_USAGE',
          `negativeLogLikelihood: the spec's sigma is 'learned', but no '${LOG_SIGMA}' was given`,
          { fix: `Pass { '${LOG_SIGMA}': a scalar } as third argument.` },
        );
      },
    });
  },
});

import { LatentkitError } from '@latentkit/core';
import { chosenBy, fields, numberFrom, word } from '@latentkit/core/schema';
import type { Scalar } from '@tensorflow/tfjs-core';
import { gaussianNegativeLogLikelihood, LEAST_SIGMA } from '../gaussian-negative-log-likelihood.ts';
import { likelihoodKind } from './likelihood-kind.ts';
import { ofOneMean } from './of-one-mean.ts';
import { outputSchema } from './output-schema.ts';

const LOG_SIGMA = 'likelihood.logSigma';

/** The true negative log density of a normal distribution; `sigma` a number, or one learned for all pixels. */
export const gaussian = likelihoodKind('gaussian', {
  fields: fields({
    type: word('gaussian'),
    output: outputSchema,
    sigma: chosenBy<number | 'learned'>((sigma) =>
      typeof sigma === 'number'
        ? numberFrom(LEAST_SIGMA)
        : word('learned', "be a number above 0, or 'learned'"),
    ),
  }),
  create: (spec) => {
    const { output, sigma } = spec;
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

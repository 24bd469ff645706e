import { fields, optional, whole, word } from '@latentkit/core/schema';
import * as tf from '@tensorflow/tfjs-core';
import { categoricalMean, categoricalNegativeLogLikelihood } from '../categorical-negative-log-likelihood.ts';
import { LEVELS } from '../levels.ts';
import type { Likelihood } from '../likelihood.ts';
import { repeatRows } from '../ops/repeat-rows.ts';
import { likelihoodKind } from './likelihood-kind.ts';
import { headOf } from './of-one-mean.ts';

/** Levels of a pixel as a choice by softmax, a logit a level: any shape of distribution, at so many times the numbers. */
export const categorical = likelihoodKind('categorical', {
  fields: fields({
    type: word('categorical'),
    output: word('softmax', "be 'softmax' for a categorical likelihood, which has a logit a level"),
    /** 256 by default; fewer take as many times less memory. */
    levels: optional(whole(2, LEVELS)),
  }),
  create(spec): Likelihood {
    const { levels = LEVELS } = spec;
    return {
      spec,
      dataRange: [0, 1],
      anyData: false,
      heads: [{ name: 'output', perPixel: levels }],
      parameterShapes: {},
      density: 'mass',
      negativeLogLikelihood(decoded, target) {
        const logits = headOf(decoded, 'output');
        const rows = repeatRows('negativeLogLikelihood', target, logits.shape[0] ?? 0);
        return categoricalNegativeLogLikelihood(logits, rows, { levels });
      },
      mean: (decoded) => categoricalMean(headOf(decoded, 'output'), levels),
      toData: (mean) => tf.clone(mean),
      toUnitRange: (mean) => tf.clone(mean),
    };
  },
});

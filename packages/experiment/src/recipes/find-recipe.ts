import { didYouMean, LatentkitError, shorten } from '@latentkit/core';
import { adversarial, mmdVae } from './adversarial.ts';
import { cyclical, freeBits } from './annealed.ts';
import { autoencoder } from './autoencoder.ts';
import { betaTcShapes } from './beta-tc-shapes.ts';
import { betaVae } from './beta-vae.ts';
import { cvae400, vae400 } from './conditional.ts';
import { digitsDense } from './digits-dense.ts';
import { digitsTour } from './digits-tour.ts';
import { continuousBernoulli, discretisedLogistic } from './grey-pixels.ts';
import {
  iwae1,
  iwae1TwoLevels,
  iwae5,
  iwae5Dreg,
  iwae5TwoLevels,
  iwae50,
  iwae50Dreg,
  iwae50TwoLevels,
} from './importance-weighted.ts';
import { kerasConv } from './keras-conv.ts';
import { kerasConvAdam } from './keras-conv-adam.ts';
import { kerasDense } from './keras-dense.ts';

import { mlpBinarised2, mlpBinarised10, mlpBinarised20 } from './mlp-binarised.ts';
import { mlpDeep } from './mlp-deep.ts';
import { mlpMse } from './mlp-mse.ts';
import type { Recipe } from './recipe.ts';
import { residual } from './residual.ts';
import { m2Of100, m2Of1000 } from './semi-supervised.ts';
import { sigmaVae } from './sigma-vae.ts';
import { table } from './table.ts';
import { tfBernoulli } from './tf-bernoulli.ts';
import { twoLevels } from './two-levels.ts';
import { unexplainedVariance } from './unexplained-variance.ts';
import { mixturePrior, standardPrior, twoLevelsStandard, twoLevelsVamp, vampPrior } from './vamp-prior.ts';
import { kerasVq, vqConv } from './vq-conv.ts';

/** Every recipe, the default first. */
export const recipes: readonly Recipe[] = [
  digitsDense,
  digitsTour,
  kerasDense,
  kerasConv,
  kerasConvAdam,
  betaVae,
  mlpMse,
  mlpDeep,
  mlpBinarised2,
  mlpBinarised10,
  mlpBinarised20,
  tfBernoulli,
  vae400,
  cvae400,
  iwae1,
  iwae5,
  iwae50,
  iwae5Dreg,
  iwae50Dreg,
  iwae1TwoLevels,
  iwae5TwoLevels,
  iwae50TwoLevels,
  vampPrior,
  standardPrior,
  mixturePrior,
  twoLevelsStandard,
  twoLevelsVamp,
  autoencoder,
  adversarial,
  mmdVae,
  vqConv,
  kerasVq,
  m2Of100,
  m2Of1000,
  betaTcShapes,
  sigmaVae,
  continuousBernoulli,
  discretisedLogistic,
  cyclical,
  freeBits,
  unexplainedVariance,
  twoLevels,
  residual,
  table,
];

/**
 * The recipe of a name.
 *
 * @throws `E_UNKNOWN_NAME` with the nearest name there is.
 * @example
 * findRecipe('keras-dense').training.epochs; // 10
 */
export function findRecipe(name: string): Recipe {
  const found = recipes.find((recipe) => recipe.name === name);
  if (found) return found;
  const fix = didYouMean(
    name,
    recipes.map((recipe) => recipe.name),
  );
  throw new LatentkitError('E_UNKNOWN_NAME', `findRecipe: there is no recipe '${shorten(String(name))}'`, {
    fix,
  });
}

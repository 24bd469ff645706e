import { didYouMean, LatentkitError, shorten } from '@latentkit/core';
import { autoencoder } from './autoencoder.ts';
import { digitsDense } from './digits-dense.ts';
import { kerasConv } from './keras-conv.ts';
import { kerasDense } from './keras-dense.ts';
import { mlpMse } from './mlp-mse.ts';
import type { Recipe } from './recipe.ts';

/** Every recipe, the default first. */
export const recipes: readonly Recipe[] = [digitsDense, kerasDense, kerasConv, mlpMse, autoencoder];

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

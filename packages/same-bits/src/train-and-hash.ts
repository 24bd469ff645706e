import type { Accelerator } from '@latentkit/core';
import { digitsDataset } from '@latentkit/datasets';
import { findRecipe, modelSpecOf } from '@latentkit/experiment';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';
import type { Tensor } from '@tensorflow/tfjs-core';
import { hashArrays } from './hash-arrays.ts';

/** The recipes whose bits are held: products of matrices in the one, convolutions in the other. */
export const RECIPES = ['keras-dense', 'keras-conv'] as const;

/** Updates that each run makes. */
export const STEPS = 50;

/** What a run leaves: the hash that must be the same, and what tells where two runs part. */
export interface Trace {
  /** SHA-256 of all weights, names included. */
  hash: string;
  /** SHA-256 of each parameter. */
  parameters: Record<string, string>;
  /** The loss of each step. */
  losses: number[];
}

/**
 * Trains a recipe for 50 steps with seed 42 on drawn digits: on the accelerator, or else on tfjs's current backend.
 *
 * The steps cross epochs, so validations are computed between them, and the last batch of an epoch is a small, odd one.
 */
export async function trainAndHash(
  recipe: (typeof RECIPES)[number],
  accelerator?: Accelerator<Tensor>,
): Promise<Trace> {
  const dataset = digitsDataset({ train: 2003, validation: 201 });
  const { earlyStopping, reduceOnPlateau, ...training } = findRecipe(recipe).training;
  const model = createModel(modelSpecOf(findRecipe(recipe), dataset.train.shape));
  const stop = new AbortController();
  const losses: number[] = [];
  const { signal } = stop;
  const run = train({
    model,
    dataset,
    ...training,
    epochs: STEPS,
    keep: 'last',
    seed: 42,
    accelerator,
    signal,
  });
  for await (const event of run) {
    if (event.type === 'step') {
      losses.push(event.loss);
      if (event.step === STEPS) stop.abort();
    }
    if (event.type === 'end') {
      if (losses.length !== STEPS) throw new Error(`${recipe} made ${losses.length} steps, not ${STEPS}`);
      return { ...(await hashArrays(event.weights)), losses };
    }
  }
  throw new Error(`${recipe} did not end`);
}

import { LatentkitError } from '@latentkit/core';
import { findRecipe, modelSpecOf } from '@latentkit/experiment';
import { createModel, type ModelSpec, summarizeModel } from '@latentkit/models';
import type { OptimizerSpec } from '@latentkit/trainers';
import { countFlop, countProductFlop } from './flop-count.ts';

/** What is measured under a name, and its cost by the dense formula. */
export interface BenchRow {
  readonly name: string;
  readonly flop: number;
  /** How much of `flop` our kernels skip, as it multiplies the zeros of the data. */
  readonly skippedFlop?: number;
}

/** A model with all that a training step of it needs to be the same everywhere. */
export interface BenchModel {
  readonly spec: ModelSpec;
  readonly batchSize: number;
  readonly optimizer: OptimizerSpec;
  readonly learningRate: number;
  readonly beta: number;
  readonly seed: number;
  /** Numbers in all its parameters: an engine that counts others has built another model. */
  readonly parameters: number;
}

/** Zeros among the pixels of the workload's digits. */
export const ZERO_SHARE = 0.81;
export const BENCH_IMAGE = { height: 28, width: 28, channels: 1 };
const RECIPES = ['keras-dense', 'keras-conv'];

/** Products `[m, k] [k, n]`; the first is the largest of keras-dense. */
export const BENCH_PRODUCTS: Readonly<Record<string, readonly [number, number, number]>> = {
  '256x512x784': [256, 512, 784],
  '512x512x512': [512, 512, 512],
  '1024x1024x1024': [1024, 1024, 1024],
};

/** The measured models by name, from the recipes of that name. */
export function benchModels(): Record<string, BenchModel> {
  return Object.fromEntries(
    RECIPES.map((name) => {
      const { model, training } = findRecipe(name);
      const { batchSize, optimizer, learningRate, beta = 1, seed } = training;
      if (typeof learningRate !== 'number' || typeof beta !== 'number') {
        throw new LatentkitError('E_CONFIG', `bench: ${name} has a schedule, whose steps would not be alike`);
      }
      const spec = modelSpecOf({ model }, BENCH_IMAGE);
      const { totalParameters: parameters } = summarizeModel(createModel(spec));
      return [name, { spec, batchSize, optimizer, learningRate, beta, seed, parameters }];
    }),
  );
}

/** Every row there is, in the order they run. */
export function benchRows(): BenchRow[] {
  const costs = Object.entries(benchModels()).map(([name, { spec, batchSize }]) => ({
    name,
    ...countFlop(createModel(spec).plan, batchSize),
  }));
  return [
    ...costs.map(({ name, trainStep, dataProducts }) => ({
      ...{ name: `train-step/${name}`, flop: trainStep },
      skippedFlop: ZERO_SHARE * dataProducts,
    })),
    ...costs.map(({ name, encode }) => ({ name: `encode/${name}`, flop: encode })),
    ...costs.map(({ name, decode }) => ({ name: `decode/${name}`, flop: decode })),
    ...Object.entries(BENCH_PRODUCTS).map(([name, sizes]) => ({
      name: `gemm/${name}`,
      flop: countProductFlop(...sizes),
    })),
  ];
}

/**
 * The rows whose name holds a text.
 *
 * @throws `E_USAGE` when none does.
 */
export function filterRows(rows: readonly BenchRow[], text = ''): BenchRow[] {
  const found = rows.filter(({ name }) => name.includes(text));
  if (found.length > 0) return found;
  throw new LatentkitError('E_USAGE', `bench: no row's name holds '${text}'`, {
    fix: `Rows: ${rows.map(({ name }) => name).join(', ')}`,
  });
}

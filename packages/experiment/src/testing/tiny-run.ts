import type { Dataset, ImageShape } from '@latentkit/core';
import { digitsDataset } from '@latentkit/datasets';
import type { ModelSpec } from '@latentkit/models';
import type { TrainingProgress } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';

export const DIGIT_SHAPE: ImageShape = { height: 28, width: 28, channels: 1 };

/** A VAE that trains in a blink. */
export const TINY_MODEL: ExperimentConfig['model'] = {
  kind: 'vae',
  latentDim: 2,
  encoder: { type: 'mlp', hidden: [8], activation: 'relu' },
  decoder: { type: 'mlp', hidden: [8], activation: 'relu' },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
};

/** A plain autoencoder that does. */
export const TINY_AUTOENCODER: ExperimentConfig['model'] = { ...TINY_MODEL, kind: 'autoencoder' };

/** Two epochs of the tiny VAE on 200 digits. */
export function tinyConfig(
  model: Partial<ExperimentConfig['model']> = {},
  training: Partial<ExperimentConfig['training']> = {},
): ExperimentConfig {
  return {
    recipe: 'tiny',
    dataset: { name: 'digits', limit: 200 },
    model: { ...TINY_MODEL, ...model },
    training: {
      epochs: 2,
      batchSize: 50,
      seed: 7,
      optimizer: { name: 'adam' },
      learningRate: 0.01,
      ...training,
    },
  };
}

/** The tiny model's spec on digits, changed. */
export function tinySpec(model: Partial<ModelSpec> = {}): ModelSpec {
  return { ...TINY_MODEL, image: DIGIT_SHAPE, ...model };
}

let digits: Dataset | undefined;

/** 200 and 40 digits, drawn once. */
export function tinyDataset(): Dataset {
  digits ??= digitsDataset({ train: 200, validation: 40 });
  return digits;
}

/** Where a run stands before its first step. */
export function freshProgress(seed: number): TrainingProgress {
  return {
    ...{ seed, step: 0, epoch: 0, batch: 0, sums: { reconstruction: 0, kl: 0 } },
    ...{ earlyStopping: { best: null, wait: 0 }, plateau: { best: null, wait: 0, scale: 1 } },
    ...{ best: null, history: [] },
  };
}

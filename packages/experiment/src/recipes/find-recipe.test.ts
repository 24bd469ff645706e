import { readFileSync } from 'node:fs';
import { createModel, summarizeModel } from '@latentkit/models';
import { describe, expect, it } from 'vitest';
import { modelSpecOf } from '../model-spec-of.ts';
import { DIGIT_SHAPE } from '../testing/tiny-run.ts';
import { findRecipe, recipes } from './find-recipe.ts';

function summaryOf(name: string) {
  return summarizeModel(createModel(modelSpecOf(findRecipe(name), DIGIT_SHAPE)));
}

it('puts the default first, and gives every recipe a name of its own, a title and notes', () => {
  expect(recipes[0]!.name).toBe('digits-dense');
  expect(new Set(recipes.map(({ name }) => name)).size).toBe(recipes.length);
  for (const { title, notes } of recipes) {
    expect(title).not.toContain('\n');
    expect(notes).toMatch(/\.$/);
  }
});

it('each stands in the table of the README', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const named = readme.split('\n').flatMap((line) => (/^\| `[a-z]/.test(line) ? line.split('|')[1]! : []));
  for (const { name } of recipes)
    expect(
      named.some((cell) => cell.includes(`\`${name}\``)),
      name,
    ).toBe(true);
});

it.each([
  ['keras-dense', 403_972, 403_728],
  ['keras-conv', 69_076, 65_089],
  ['keras-conv-adam', 69_076, 65_089],
  ['beta-vae', 69_076, 65_089],
  ['mlp-deep', 534_276, 534_544],
  ['tf-bernoulli', 31_364, 65_089],
  ['mlp-mse', 330_040, 322_784], // (784 x 400 + 400) + 2 (400 x 20 + 20); (20 x 400 + 400) + (400 x 784 + 784)
  ['digits-dense', 235_146, 235_280],
  ['autoencoder', 110_816, 111_568],
])(
  '%s has %i parameters in its encoder and %i in its decoder on 28 x 28 images',
  (name, encoder, decoder) => {
    const { encoderParameters, decoderParameters, totalParameters } = summaryOf(name);
    expect([encoderParameters, decoderParameters]).toEqual([encoder, decoder]);
    expect(totalParameters).toBe(encoder + decoder);
  },
);

it('the plain autoencoder goes 784-128-64-32-64-128-784', () => {
  const { encoder, decoder } = summaryOf('autoencoder');
  const shapes = [...encoder, ...decoder].map(({ outputShape }) => outputShape.match(/\d.*\d/)![0]);
  expect(shapes).toEqual(['128', '64', '32', '64', '128', '28, 28, 1']);
});

describe('constants', () => {
  it.each([
    ['digits-dense', { epochs: 16, batchSize: 64, optimizer: { name: 'adam' }, beta: 1 }],
    [
      'keras-dense',
      {
        epochs: 10,
        batchSize: 256,
        optimizer: { name: 'adam', epsilon: 1e-7 },
        learningRate: 1e-3,
        beta: 0.5,
      },
    ],
    [
      'keras-conv',
      {
        epochs: 100,
        batchSize: 128,
        optimizer: { name: 'adamax', epsilon: 1e-7 },
        learningRate: 1e-3,
        beta: 1,
        earlyStopping: { patience: 6, minDelta: 1e-4 },
        reduceOnPlateau: { factor: 0.5, patience: 3, minDelta: 1e-4, minLearningRate: 1e-6 },
      },
    ],
    [
      'mlp-mse',
      { epochs: 10, batchSize: 128, optimizer: { name: 'adam', epsilon: 1e-8 }, learningRate: 1e-3, beta: 1 },
    ],
    [
      'autoencoder',
      { epochs: 10, batchSize: 256, optimizer: { name: 'adam', epsilon: 1e-7 }, learningRate: 1e-3 },
    ],
  ])('of %s', (name, training) => {
    expect(findRecipe(name).training).toMatchObject({ ...training, seed: 42 });
    expect('beta' in findRecipe(name).training).toBe('beta' in training);
  });

  it.each([
    ['digits-dense', 5, { type: 'bernoulli', output: 'sigmoid' }],
    ['keras-dense', 2, { type: 'bernoulli', output: 'sigmoid' }],
    ['keras-conv', 2, { type: 'bernoulli', output: 'sigmoid' }],
    ['mlp-mse', 20, { type: 'squaredError', output: 'sigmoid' }],
    ['sigma-vae', 5, { type: 'gaussian', output: 'sigmoid', sigma: 'perImage' }],
    ['unexplained-variance', 5, { type: 'unexplainedVariance', output: 'sigmoid', weight: 98 }],
    ['autoencoder', 32, { type: 'squaredError', output: 'sigmoid', pixels: 'mean' }],
  ])('%s has %i latent dimensions and the likelihood %j', (name, latentDim, likelihood) => {
    expect(findRecipe(name).model).toMatchObject({ latentDim, likelihood });
  });
});

describe('findRecipe', () => {
  it('finds each by its name', () => {
    for (const recipe of recipes) expect(findRecipe(recipe.name)).toBe(recipe);
  });

  it('says which one is near', () => {
    const error = expect.objectContaining({ code: 'E_UNKNOWN_NAME' });
    expect(() => findRecipe('keras-dens')).toThrow(error);
    expect(() => findRecipe('keras-dens')).toThrow(
      "there is no recipe 'keras-dens'. Did you mean 'keras-dense'?",
    );
    expect(() => findRecipe('gan')).toThrow(
      'Known: digits-dense, digits-tour, keras-dense, keras-conv, keras-conv-adam, beta-vae, mlp-mse, mlp-deep',
    );
  });
});

it.each([
  [['vae-400-20', 'cvae-400-20'], 'model', 'condition'],
  [['vamp-prior', 'mixture-prior', 'standard-prior'], 'model', 'prior'],
  [['two-levels-vamp', 'two-levels-standard'], 'model', 'prior'],
  [['iwae-5', 'iwae-5-dreg'], 'objective', 'gradient'],
  [['iwae-50', 'iwae-50-dreg'], 'objective', 'gradient'],
  [['iwae-1-two-levels', 'iwae-5-two-levels', 'iwae-50-two-levels'], 'objective', 'samples'],
  [['digits-dense', 'continuous-bernoulli', 'discretised-logistic', 'sigma-vae'], 'model', 'likelihood'],
  [['iwae-1', 'iwae-5', 'iwae-50'], 'objective', 'samples'],
] as const)('%j differ in %s.%s alone', (names, part, field) => {
  const all = names.map((name) => {
    const { model, objective, training, dataset } = findRecipe(name);
    const given = { model, objective, training, dataset };
    return { value: Object(given[part])[field], rest: { ...given, [part]: { ...given[part], [field]: 0 } } };
  });
  for (const { rest } of all) expect(rest).toEqual(all[0]!.rest);
  expect(new Set(all.map(({ value }) => JSON.stringify(value))).size).toBe(names.length);
});

it('m2-100 has a classifier beside encoder and decoder, and its labels', () => {
  const { encoderParameters, decoderParameters, parts, totalParameters } = summaryOf('m2-100');
  const [classifier] = parts;
  // (784 x 500 + 500) + (10 x 500) + 2 (500 x 50 + 50); (50 x 500 + 500) + (10 x 500) + (500 x 784 + 784); (784 x 500 + 500) + (500 x 10 + 10)
  expect([encoderParameters, decoderParameters, classifier!.parameters]).toEqual([447_600, 423_284, 397_510]);
  expect(totalParameters).toBe(447_600 + 423_284 + 397_510);
  expect(findRecipe('m2-100').dataset).toEqual({ labels: 100, labelledShare: 0.1 });
});

import { expect, it } from 'vitest';
import { TINY_AUTOENCODER, tinyConfig } from '../testing/tiny-run.ts';
import { differingSettings } from './compare-settings.ts';
import { describeComparability } from './describe-comparability.ts';

const of = (...configs: readonly ReturnType<typeof tinyConfig>[]) =>
  describeComparability(differingSettings(configs));

it('all compares of runs that differ in size and seed alone', () => {
  expect(of(tinyConfig(), tinyConfig({ latentDim: 5 }, { seed: 7 }))).toBeUndefined();
});

it.each([
  ['a weight', tinyConfig({}, { beta: 4 }), /^Losses under different weights/],
  ['no KL', tinyConfig(TINY_AUTOENCODER), /^Losses under different weights/],
  [
    'a likelihood',
    tinyConfig({ likelihood: { type: 'squaredError', output: 'sigmoid' } }, { beta: 4 }),
    /^Reconstructions by different likelihoods do not compare/,
  ],
])('says what %s keeps from comparing', (_, other, expected) => {
  expect(of(tinyConfig(), other)).toMatch(expected);
});

it('says that images were others', () => {
  const other = tinyConfig();
  const mnist = { ...other, dataset: { name: 'mnist' } } as typeof other;
  expect(of(tinyConfig(), mnist)).toBe('The runs were not measured on the same images.');
});

import { expect, it } from 'vitest';
import { lostBetween, setByHand } from './by-hand.ts';
import {
  asRecipe,
  FIRST_SETTING,
  withChange,
  withDataset,
  withKind,
  withOwnFiles,
  withRecipe,
} from './setting.ts';

const set = withChange(withChange(FIRST_SETTING, 'training.beta', 4), 'model.latentDim', 5);

it('is what differs from the recipe; how own files usually become images was set by nobody', () => {
  expect(setByHand(set)).toEqual([
    { path: 'training.beta', value: 4 },
    { path: 'model.latentDim', value: 5 },
  ]);
  expect(setByHand(withOwnFiles(FIRST_SETTING))).toEqual([]);
  expect(setByHand(withChange(withOwnFiles(FIRST_SETTING), 'dataset.size', 32))).toHaveLength(1);
});

it('goes with the recipe, unless the new one says the same', () => {
  expect(lostBetween(set, withRecipe(set, 'keras-conv'))).toEqual([{ path: 'model.latentDim', value: 5 }]);
  expect(lostBetween(set, withRecipe(set, 'digits-dense'))).toEqual([]); // it has five
  expect(lostBetween(set, asRecipe(set))).toHaveLength(2);
});

it('goes with the images it was said of, and with a card that sets the lab up', () => {
  const own = withChange(withOwnFiles(FIRST_SETTING), 'dataset.size', 32);
  expect(lostBetween(own, withDataset(own, 'mnist'))).toEqual([{ path: 'dataset.size', value: 32 }]);
  expect(lostBetween(withOwnFiles(FIRST_SETTING), FIRST_SETTING)).toEqual([]);
  const card = { ...FIRST_SETTING, changes: { 'training.seed': 43 } };
  expect(lostBetween(set, card).map(({ path }) => path)).toEqual(['training.beta', 'model.latentDim']);
});

it('is nothing that a hand itself has changed', () => {
  expect(lostBetween(undefined, set)).toEqual([]);
  expect(lostBetween(set, withChange(set, 'training.beta', 1))).toEqual([]);
  const cosine = withChange(set, 'training.learningRate.from', 0.1);
  expect(lostBetween(cosine, withChange(cosine, 'training.learningRate', 0.5))).toEqual([]);
  const conv = withRecipe(FIRST_SETTING, 'keras-conv');
  const sgd = withKind(
    withChange(conv, 'training.optimizer.beta1', 0.8),
    'training.optimizer.name',
    'sgd',
    [],
  );
  expect(lostBetween(withChange(conv, 'training.optimizer.beta1', 0.8), sgd)).toEqual([
    { path: 'training.optimizer.beta1', value: 0.8 },
  ]);
});

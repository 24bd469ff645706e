import { parseConfig, recipes } from '@latentkit/experiment/config';
import { expect, it } from 'vitest';
import {
  asRecipe,
  configOf,
  FIRST_SETTING,
  isFirst,
  readConfig,
  settingOf,
  valueAt,
  withChange,
  withDataset,
  withKind,
  withOwnFiles,
  withRecipe,
} from './setting.ts';

it.each(recipes.map(({ name }) => name))('%s is a config that can be', (recipe) => {
  const config = configOf({ recipe, dataset: 'mnist', changes: {} });
  expect(parseConfig(config)).toEqual(config);
});

it('holds what differs from the recipe alone', () => {
  const heavier = withChange(FIRST_SETTING, 'training.beta', 4);
  expect(heavier.changes).toEqual({ 'training.beta': 4 });
  expect(valueAt(configOf(heavier), 'training.beta')).toBe(4);
  expect(withChange(heavier, 'training.beta', 1)).toEqual(FIRST_SETTING);
  expect(withChange(FIRST_SETTING, 'training.beta', undefined).changes).toEqual({ 'training.beta': null });
  expect(withChange(FIRST_SETTING, 'training.clip.norm', undefined)).toEqual(FIRST_SETTING);
});

it("leaves a recipe's beta out of a model that has no KL, and keeps one that was set by hand", () => {
  const plain = withChange(FIRST_SETTING, 'model.kind', 'autoencoder');
  expect(configOf(plain).training).not.toHaveProperty('beta');
  expect(() =>
    parseConfig(configOf({ ...plain, changes: { ...plain.changes, 'training.beta': 4 } })),
  ).toThrow('training.beta weighs a KL');
});

it.each([
  {},
  { 'training.beta': 4, 'model.latentDim': 8 },
  { 'training.learningRate': 0.1, 'model.encoder.hidden': [5] },
  { 'training.clip.norm': 1, 'training.keep': 'last', 'objective.type': 'elbo' },
  { 'training.beta': null, 'dataset.limit': null },
])('a config stands for the setting that made it: %j', (changes) => {
  const setting = { ...FIRST_SETTING, changes };
  expect(settingOf(configOf(setting))).toEqual(setting);
});

it('of an imported model, and of one that began with others, is what would train it from drawn weights', () => {
  const config = configOf(FIRST_SETTING);
  const start = { from: 'vae.pt', weights: 'a'.repeat(64) };
  expect(settingOf({ ...config, start, training: { ...config.training, epochs: 0 } })).toEqual(FIRST_SETTING);
});

it('leaves a field of the recipe out', () => {
  const plain = configOf({
    recipe: 'keras-conv',
    dataset: 'mnist',
    changes: { 'training.earlyStopping': null },
  });
  expect(plain.training).not.toHaveProperty('earlyStopping');
  expect(plain.training).toHaveProperty('reduceOnPlateau');
  expect(() => parseConfig(plain)).not.toThrow();
});

it('forgets what only the old kind had when another is chosen', () => {
  const recipe = { recipe: 'keras-conv', dataset: 'mnist', changes: {} };
  const sgd = withKind(recipe, 'training.optimizer.name', 'sgd', ['momentum', 'nesterov']);
  expect(configOf(sgd).training.optimizer).toEqual({ name: 'sgd' });
  expect(withKind(sgd, 'training.optimizer.name', 'adamax', ['epsilon'])).toMatchObject({
    changes: { 'training.optimizer.epsilon': null },
  });
});

it('a value takes the place of what was set within it', () => {
  const cosine = withChange(FIRST_SETTING, 'training.learningRate.from', 0.1);
  expect(withChange(cosine, 'training.learningRate', 0.5).changes).toEqual({ 'training.learningRate': 0.5 });
});

it("takes a person's own files in the size of the lab's pictures, all of them, and forgets that with another dataset", () => {
  const own = withOwnFiles(withChange(FIRST_SETTING, 'training.beta', 4));
  expect(parseConfig(configOf(own)).dataset).toEqual({ name: 'arrays', size: 28, channels: 1 });
  const larger = withChange(own, 'dataset.size', 32);
  expect(withOwnFiles(larger)).toBe(larger);
  const other = withDataset(withChange(larger, 'dataset.fit', 'pad'), 'mnist');
  expect(other).toEqual({ ...FIRST_SETTING, dataset: 'mnist', changes: { 'training.beta': 4 } });
  expect(withDataset(other, 'arrays')).toEqual(own);
});

it('takes a table for a network of tables, and pictures again with what has pictures', () => {
  const set = withChange(withChange(FIRST_SETTING, 'training.epochs', 3), 'dataset.limit', 100);
  const table = withOwnFiles(set, { isTable: true });
  expect(table).toMatchObject({ recipe: 'table', dataset: 'arrays' });
  const config = parseConfig(configOf(table));
  expect(config.dataset).toEqual({ name: 'arrays', source: 'table', limit: 100 });
  expect(config.training.epochs).toBe(3);
  expect(settingOf(config)).toEqual(table);
  expect(withOwnFiles(table, { isTable: true })).toBe(table);
  expect(withRecipe(set, 'table')).toEqual(table);
  expect(asRecipe(table).changes).toEqual({ 'dataset.source': 'table' });
  // What was said of its cells goes with it.
  const read = withChange(table, 'dataset.decimal', ',');
  expect(withDataset(read, 'digits')).toEqual({ ...set, recipe: 'digits-tour' });
  expect(parseConfig(configOf(withRecipe(read, 'digits-dense'))).dataset).toEqual({
    ...{ name: 'arrays', size: 28, channels: 1, limit: 100 },
  });
});

it("keeps what a person wants of any network with another recipe, and how own files become images; the network is the recipe's", () => {
  const own = withChange(withOwnFiles(FIRST_SETTING), 'dataset.size', 32);
  const set = withChange(withChange(own, 'training.beta', 4), 'model.latentDim', 8);
  const conv = withRecipe(set, 'keras-conv');
  expect(parseConfig(configOf(conv)).dataset).toEqual({ name: 'arrays', size: 32, channels: 1 });
  expect(conv.changes).toMatchObject({ 'training.beta': 4 });
  expect(conv.changes).not.toHaveProperty('model.latentDim');
  // All of a person's files are learned from, whatever recipes come between.
  expect(configOf(withRecipe(conv, 'digits-tour')).dataset).not.toHaveProperty('limit');
});

it('holds what was set by hand as long as it differs from the recipe, and where it can be', () => {
  const hands = [
    ['training.beta', 4],
    ['training.epochs', 3],
    ['training.seed', 7],
    ['dataset.limit', 100],
  ] as const;
  const set = hands.reduce((setting, [path, value]) => withChange(setting, path, value), FIRST_SETTING);
  const conv = withRecipe(set, 'keras-conv');
  expect(conv.changes).toEqual(Object.fromEntries(hands));
  expect(withRecipe(conv, 'digits-tour')).toEqual(set);
  expect(withRecipe(set, 'beta-vae').changes).not.toHaveProperty('training.beta'); // its own is 4
  const plain = withRecipe(set, 'autoencoder');
  expect(parseConfig(configOf(plain)).training).toMatchObject({ epochs: 3, seed: 7 });
  expect(isFirst(asRecipe(set))).toBe(true);
  expect(withDataset(set, 'mnist').changes).toEqual(set.changes);
});

it('reads a config as JSON, and says of what is none what there is not', () => {
  const config = configOf({ recipe: 'digits-dense', dataset: 'mnist', changes: { 'training.beta': 4 } });
  expect(readConfig(JSON.stringify(config))).toEqual(settingOf(config));
  for (const [json, words] of [
    ['{', /^this is not JSON: /],
    ['null', /no recipe, no dataset, no model, no training$/],
    ['[]', /no recipe, no dataset, no model, no training$/],
    ['{"recipe":"digits-tour"}', /no dataset, no model, no training$/],
    ['{"recipe":{"a":1},"dataset":{},"model":{},"training":null}', /no recipe, no training$/],
    [
      '{"recipe":"digits-tour","dataset":{"name":[1]},"model":{},"training":{}}',
      /has a name: here there is none$/,
    ],
    ['{"recipe":"nope","dataset":{"name":"digits"},"model":{},"training":{}}', /no recipe 'nope'/],
  ] as const) {
    expect(() => readConfig(json)).toThrow(words);
  }
});

import { DATASETS } from '@latentkit/datasets';
import { findRecipe, recipes, settingsOf } from '@latentkit/experiment/config';
import { expect, it } from 'vitest';
import { configOf } from '../state/setting.ts';
import { DATA_CHOICES, SIZES } from '../text/choices.ts';
import { checkConfig } from './check-config.ts';

// A table's columns come with its file.
const OF_IMAGES = recipes.filter(({ model }) => model.likelihood.type !== 'columns');

it.each(OF_IMAGES.map(({ name }) => name))('every setting of %s has a field', (recipe) => {
  const config = configOf({ recipe, dataset: 'digits', changes: {} });
  const { fields, fault } = checkConfig(config);
  expect(fault).toBeUndefined();
  for (const path of settingsOf(config).keys()) {
    const covers = fields.some((field) => path === field.path || path.startsWith(`${field.path}.`));
    expect(covers, path).toBe(true);
  }
});

it('says what cannot be, and still has fields to mend it by', () => {
  const config = configOf({ recipe: 'digits-tour', dataset: 'digits', changes: { 'training.batchSize': 0 } });
  const { fields, fault } = checkConfig(config);
  expect(fault?.message).toBe('config: training.batchSize must be a whole number of at least 1, got 0');
  expect(fields.find(({ path }) => path === 'training.batchSize')).toMatchObject({ value: 0, least: 1 });
});

it('wants an epoch at least, though a model that was made elsewhere has none', () => {
  const config = configOf({ recipe: 'digits-tour', dataset: 'digits', changes: { 'training.epochs': 0 } });
  const { fields, fault } = checkConfig(config);
  expect(fault).toMatchObject({ code: 'E_CONFIG', message: expect.stringContaining('at least 1, got 0') });
  expect(fields.find(({ path }) => path === 'training.epochs')).toMatchObject({ value: 0, least: 1 });
});

it('says that a page does not train by fused sums', () => {
  const check = (arithmetic: string) =>
    checkConfig(
      configOf({ recipe: 'digits-tour', dataset: 'digits', changes: { 'training.arithmetic': arithmetic } }),
    ).fault;
  expect(check('strict')).toBeUndefined();
  expect(check('fused')).toMatchObject({ code: 'E_CONFIG', message: expect.stringContaining("is 'fused'") });
});

it('counts what the model learns', () => {
  const config = configOf({ recipe: 'keras-dense', dataset: 'mnist', changes: {} });
  // 784 x 512 + 512, twice 512 x 2 + 2, 2 x 512 + 512, 512 x 784 + 784
  expect(checkConfig(config).parameters).toBe(401_920 + 2 * 1026 + 1536 + 402_192);
});

it('says that a batch has no room before anything is trained, and which has', () => {
  const check = (batchSize: number, limit: number | null) =>
    checkConfig(
      configOf({
        recipe: 'keras-conv',
        dataset: 'mnist',
        changes: { 'training.batchSize': batchSize, 'dataset.limit': limit },
      }),
    );
  // A step takes some 66 kB an image, and as much again for what is left at an epoch's end.
  expect(check(30_000, null)).not.toHaveProperty('fault');
  const { fault, fits = 0 } = check(40_000, null);
  expect(fault).toMatchObject({
    message: expect.stringMatching(
      /^no room for batches of 40,000 images: they take 5\.\d GB of memory, of at most 4\.2 GB$/,
    ),
    code: 'E_LIMIT',
  });
  expect(fits).toBeGreaterThan(30_000);
  expect(check(fits, null)).not.toHaveProperty('fault');
  expect(check(Math.ceil(1.02 * fits), null)).toHaveProperty('fault');
  expect(check(40_000, 40_000)).not.toHaveProperty('fault'); // nothing is left at its end
  expect(check(512, 100)).toMatchObject({
    fault: { message: 'a batch of 512 images is more than the 100 that are learned from', code: 'E_RANGE' },
    fits: 100,
  });
});

it('what is offered exists, and is as large as it says', () => {
  for (const { recipe } of SIZES) expect(findRecipe(recipe).name).toBe(recipe);
  for (const { name, about } of DATA_CHOICES) {
    const kind = DATASETS.find((one) => one.name === name);
    if (!kind) expect(name).toBe('arrays');
    else if (kind.downloadMegabytes === 0) expect(about).toContain('nothing to download');
    else if (kind.name !== 'kmnist') expect(about).toContain(` ${kind.downloadMegabytes} MB`);
  }
});

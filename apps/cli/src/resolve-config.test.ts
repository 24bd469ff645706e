import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRecipe } from '@latentkit/experiment';
import { expect, test } from 'vitest';
import type { RunOptions } from './options.ts';
import { resolveConfig } from './resolve-config.ts';
import { parseSetting } from './settings.ts';
import { temporaryFolder } from './testing/run-cli.ts';

function configFile(value: unknown): string {
  const path = join(temporaryFolder(), 'my.json');
  writeFileSync(path, JSON.stringify(value));
  return path;
}

test('nothing given is the first recipe on digits', async () => {
  const { model, training } = findRecipe('digits-dense');
  const config = await resolveConfig({});
  expect(config).toEqual({ recipe: 'digits-dense', dataset: { name: 'digits' }, model, training });
});

test('the dataset is digits whatever the recipe', async () => {
  for (const recipe of ['keras-dense', 'keras-conv', 'mlp-mse', 'autoencoder']) {
    expect((await resolveConfig({ recipe })).dataset).toEqual({ name: 'digits' });
  }
});

test('a file overrides the recipe and flags override the file, field by field', async () => {
  const training = { epochs: 7, batchSize: 10 };
  const config = configFile({
    recipe: 'keras-dense',
    dataset: { name: 'mnist', limit: 5 },
    model: { latentDim: 4 },
    training,
  });
  const fromFile = await resolveConfig({ config });
  expect(fromFile).toMatchObject({
    recipe: 'keras-dense',
    dataset: { name: 'mnist', limit: 5 },
    model: { latentDim: 4 },
  });
  expect(fromFile.training).toEqual({ ...findRecipe('keras-dense').training, ...training });
  const flagged = await resolveConfig({
    config,
    epochs: 2,
    limit: 9,
    latentDim: 3,
    beta: 0,
    seed: 0,
    learningRate: 0.5,
  });
  expect(flagged).toMatchObject({ dataset: { name: 'mnist', limit: 9 }, model: { latentDim: 3 } });
  expect(flagged.training).toMatchObject({ epochs: 2, batchSize: 10, beta: 0, seed: 0, learningRate: 0.5 });
});

test('--recipe replaces the recipe of a file, whose fields stay', async () => {
  const config = configFile({ recipe: 'keras-dense', training: { epochs: 7 } });
  const { recipe, model, training } = await resolveConfig({ config, recipe: 'mlp-mse' });
  expect({ recipe, model }).toEqual({ recipe: 'mlp-mse', model: findRecipe('mlp-mse').model });
  expect(training).toEqual({ ...findRecipe('mlp-mse').training, epochs: 7 });
});

test("another --dataset does not read the folder of the file's", async () => {
  const config = configFile({ dataset: { name: 'mnist', dataDir: '/data/mnist', limit: 5 } });
  expect((await resolveConfig({ config })).dataset).toEqual({
    name: 'mnist',
    dataDir: '/data/mnist',
    limit: 5,
  });
  expect((await resolveConfig({ config, dataset: 'digits' })).dataset).toEqual({ name: 'digits', limit: 5 });
});

test("a file that makes a recipe a plain autoencoder does not inherit the recipe's beta", async () => {
  const model = { kind: 'autoencoder' };
  expect((await resolveConfig({ config: configFile({ model }) })).training.beta).toBeUndefined();
  await expect(resolveConfig({ config: configFile({ model, training: { beta: 1 } }) })).rejects.toThrow(
    'training.beta',
  );
  await expect(resolveConfig({ config: configFile({ model }), beta: 1 })).rejects.toThrow(
    '--beta weighs the KL',
  );
});

test("a run's own config gives the same config", async () => {
  const config = await resolveConfig({ recipe: 'keras-conv', limit: 50, beta: 2 });
  expect(await resolveConfig({ config: configFile(config) })).toEqual(config);
});

test('--set sets any field, after the file and other flags', async () => {
  const config = configFile({ training: { epochs: 7, keep: 'last' } });
  const set = ['training.epochs=9', 'model.encoder.hidden=[3]', 'training.clip.norm=1', 'training.keep=best'];
  const { model, training } = await resolveConfig({
    config,
    epochs: 2,
    set: set.flatMap((text) => parseSetting(text)),
  });
  expect(training).toMatchObject({ epochs: 9, clip: { norm: 1 }, keep: 'best' });
  expect(model.encoder).toMatchObject({ type: 'mlp', hidden: [3] });
});

test.each([
  ['objective.beta=2', { type: 'elbo', beta: 2 }],
  ['objective.freeBits=0.5', { type: 'elbo', freeBits: 0.5 }],
])(
  "--set %s is of the ELBO, which needs not be said, and takes the place of the recipe's beta",
  async (text, objective) => {
    const config = await resolveConfig({ set: parseSetting(text) });
    expect(config.objective).toEqual(objective);
    expect('beta' in config.training).toBe(!('beta' in objective));
    const file = configFile({ objective: JSON.parse(JSON.stringify({ ...objective, type: undefined })) });
    expect((await resolveConfig({ config: file })).objective).toEqual(objective);
  },
);

test('--objective elbo goes without saying of a VAE, and is said of a codebook, which then refuses it', async () => {
  expect((await resolveConfig({ objective: 'elbo' })).objective).toBeUndefined();
  expect((await resolveConfig({ objective: 'elbo', recipe: 'vq-conv' })).objective).toEqual({ type: 'elbo' });
  expect((await resolveConfig({ objective: 'vq', recipe: 'vq-conv' })).objective).toEqual({ type: 'vq' });
});

test.each([
  ['model=null', '--set: model must be an object, got null'],
  ['model=[]', '--set: model must be an object, got a list'],
  ['training=3', '--set: training must be an object, got 3'],
  ['objective=elbo', "--set: objective must be an object, got 'elbo'"],
  ['objective=null', '--set: objective must be an object, got null'],
  ['dataset=null', '--set: dataset must be an object, got null'],
  [
    'objective.totalCorrelation=2',
    "--set: objective.type must be 'elbo', 'betaTc', 'infoVae', 'iwae', 'vq', 'adversarial' or 'semiSupervised', got nothing",
  ],
  ['training.epochz=3', "--set: there is no field training.epochz. Did you mean 'epochs'?"],
  ['training.epochs=many', "--set: training.epochs must be a whole number of at least 1, got 'many'"],
  ['model.likelihood.type=bernouli', "--set: model.likelihood.type must be 'bernoulli'"],
  ['__proto__.a=1', '--set: it must not have a field __proto__'],
])('--set %s is refused', async (text, message) => {
  await expect(resolveConfig({ set: parseSetting(text) })).rejects.toThrow(message);
});

test('a name of 5 MB is not repeated', async () => {
  const long = 'a'.repeat(5_000_000);
  for (const config of [{ recipe: long }, { dataset: { name: long } }, { training: { [long]: 1 } }]) {
    const resolving = resolveConfig({ config: configFile(config) });
    await expect(resolving).rejects.toSatisfy(({ message }: Error) => message.length < 1000); // the known names alone
  }
});

test("a program's own arrays are not for the command line", async () => {
  const config = configFile({ dataset: { name: 'arrays' } });
  await expect(resolveConfig({ config })).rejects.toThrow(
    'Give them as a file with --data, or name a dataset with --dataset',
  );
  expect((await resolveConfig({ config, data: 'a.npy' })).dataset).toEqual({ name: 'arrays' });
  await expect(resolveConfig({ data: 'a.npy', dataset: 'digits' })).rejects.toThrow('name two datasets');
  await expect(resolveConfig({ validationData: 'a.npy' })).rejects.toThrow('goes with --data');
  await expect(resolveConfig({ labels: 'l.npy' })).rejects.toThrow('--labels goes with --data');
  const judged = { data: 'a.npy', validationData: 'b.npy' };
  await expect(resolveConfig({ ...judged, labels: 'l.npy' })).rejects.toThrow(
    'goes with --validation-labels',
  );
  await expect(resolveConfig({ data: 'a.npy', validationLabels: 'l.npy' })).rejects.toThrow(
    'goes with --validation-data',
  );
});

test('what a recipe holds out of MNIST is held out of its like alone, and of a part of it as large a part', async () => {
  const heldOut = async (options: RunOptions) =>
    (await resolveConfig({ recipe: 'mlp-binarised-2', ...options })).dataset.validation;
  expect(await heldOut({ dataset: 'mnist' })).toBe(10_000);
  expect(await heldOut({ dataset: 'mnist', limit: 600 })).toBe(100);
  expect(await heldOut({ dataset: 'mnist', validation: 5 })).toBe(5);
  expect(await heldOut({})).toBeUndefined(); // the drawn digits have images to judge by
});

test("the beta of a run that is gone on from is of that run's objective", async () => {
  const base = { training: { beta: 0.5 } };
  expect((await resolveConfig({}, base)).training.beta).toBe(0.5);
  const set = parseSetting('objective.totalCorrelation=6');
  const other = await resolveConfig({ objective: 'betaTc', set }, base);
  expect(other.objective).toEqual({ type: 'betaTc', totalCorrelation: 6 });
  expect(other.training.beta).toBeUndefined();
});

import { join } from 'node:path';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { evaluateModel, type ModelEvaluation } from '@latentkit/evaluation';
import { createModel } from '@latentkit/models';
import { beforeAll, expect, it } from 'vitest';
import { tempDirectory } from '../../testing/temp-directory.ts';
import { DIGIT_SHAPE, TINY_AUTOENCODER, tinyConfig, tinyDataset, tinySpec } from '../../testing/tiny-run.ts';
import { trainRun } from '../../testing/train-run.ts';
import { loadRun } from '../load-run.ts';

const root = tempDirectory();
const { validation } = tinyDataset();

beforeAll(async () => {
  await startWasmBackend();
});

/** A model whose weights are all 0: every image is a code of the prior, and decodes to one grey, 0.5. */
function zeroModel(spec = tinySpec()) {
  const shapes = Object.entries(createModel(spec).initialize(0));
  const weights = Object.fromEntries(
    shapes.map(([name, { shape, data }]) => [name, { shape, data: new Float32Array(data.length) }]),
  );
  return { spec, weights };
}

const valuesOf = ({ metrics }: Pick<ModelEvaluation, 'metrics'>) =>
  Object.fromEntries(metrics.map(({ name, value }) => [name, value]));

it("gives a run's own validation loss, bit for bit, by the training's seed and one sample", async () => {
  const { epoch: kept, history } = await trainRun({ out: join(root, 'own') });
  const run = await loadRun(join(root, 'own'));
  const { valLoss, valReconstruction, valKl } = history.find(({ epoch }) => epoch === kept)!;
  expect(valuesOf(await evaluateModel(run, validation))).toMatchObject({
    ...{ negativeElbo: valLoss, reconstruction: valReconstruction, kl: valKl },
  });
  run.dispose();
});

it.each([
  ['beta 4', tinyConfig({}, { beta: 4 }), ['loss']],
  [
    'the total correlation',
    { ...tinyConfig(), objective: { type: 'betaTc', totalCorrelation: 6 } as const },
    ['loss', 'mutualInformation', 'totalCorrelation', 'dimensionwiseKl'],
  ],
])("has a run's own loss and terms where that is another one: %s", async (name, config, rows) => {
  const { epoch: kept, history } = await trainRun({ config, out: join(root, name) });
  const run = await loadRun(join(root, name));
  const evaluation = await evaluateModel(run, validation);
  const names = evaluation.metrics.map((metric) => metric.name);
  expect(names).toEqual(['negativeElbo', 'reconstruction', 'kl', ...rows, 'mse', 'squaredError']);
  const values = valuesOf(evaluation);
  const row = history.find(({ epoch }) => epoch === kept)!;
  expect(values.loss).toBe(row.valLoss);
  expect(values.negativeElbo).toBe(values.reconstruction! + values.kl!);
  if (rows.length > 1) expect(values.totalCorrelation).toBe(row.valTotalCorrelation);
  run.dispose();
});

it('weighs the classes by their images to the whole, one of none among them', async () => {
  const model = { spec: tinySpec(), weights: createModel(tinySpec()).initialize(3) };
  const labels = Int32Array.from(validation.labels!, (label, i) => (i === 7 ? -1 : label));
  const {
    metrics,
    classes = [],
    images,
  } = await evaluateModel(model, validation, {
    ...{ labels, classNames: ['zero'], samples: 2 },
  });
  expect(classes.map(({ label }) => label)).toEqual([-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(classes[1]).toMatchObject({ label: 0, name: 'zero' });
  expect(classes.reduce((sum, one) => sum + one.images, 0)).toBe(images);
  for (const { name, value } of metrics) {
    const mean = classes.reduce((sum, one) => sum + one.images * one.values[name]!, 0) / images;
    expect(mean).toBeCloseTo(value, 9);
  }
});

it('measures what is known: ln 2 a pixel, no KL, squared errors of grey', async () => {
  const pixels = 784;
  const images = new Float32Array(2 * pixels).fill(1, pixels).fill(0.5, 0, pixels); // grey, white
  const { metrics } = await evaluateModel(zeroModel(), { shape: DIGIT_SHAPE, count: 2, images });
  const rows = Object.fromEntries(metrics.map(({ name, value, error }) => [name, { value, error }]));
  expect(rows.kl).toEqual({ value: 0, error: 0 });
  expect(rows.reconstruction!.value).toBeCloseTo(pixels * Math.LN2, 3);
  expect(rows.negativeElbo).toEqual(rows.reconstruction);
  // 0 and 1/4 a pixel: mean 1/8, standard deviation 1/4/sqrt(2), its error that by sqrt(2).
  expect(rows.mse).toEqual({ value: 0.125, error: 0.125 });
  expect(rows.squaredError).toEqual({ value: 0.125 * pixels, error: 0.125 * pixels });
});

it('computes the same bits on an accelerator, and says how far it is', async () => {
  const model = { spec: tinySpec(), weights: createModel(tinySpec()).initialize(3) };
  const accelerator = await createAccelerator({ workers: 2 });
  const heard: number[] = [];
  const options = { accelerator, onProgress: (fraction: number) => heard.push(fraction) };
  expect(await evaluateModel(model, validation, options)).toEqual(await evaluateModel(model, validation));
  expect(heard).toEqual([...heard].sort((a, b) => a - b));
  expect(heard.at(-1)).toBe(1);
  await accelerator.close();
});

it('of a plain autoencoder has no KL; its loss is the reconstruction', async () => {
  const { metrics } = await evaluateModel(zeroModel(tinySpec(TINY_AUTOENCODER)), validation);
  expect(metrics.map(({ name }) => name)).toEqual(['reconstruction', 'mse', 'squaredError']);
});

it('counts what is no density in what it is, and not in nats', async () => {
  const likelihood = { type: 'squaredError', output: 'sigmoid', pixels: 'mean' } as const;
  const { metrics } = await evaluateModel(zeroModel({ ...tinySpec(), likelihood }), validation);
  const units = Object.fromEntries(metrics.map(({ name, unit }) => [name, unit]));
  expect(units).toMatchObject({ reconstruction: 'squared error', negativeElbo: 'squared error', kl: 'nats' });
  const given = metrics.find(({ name }) => name === 'reconstruction')!;
  expect(given.convention).toMatch(
    /^of an image, by the likelihood squaredError, output sigmoid, pixels mean; /,
  );
});

it('tells a conditional model the classes, and asks for them', async () => {
  const { model } = tinyConfig({ condition: { classes: 10 } });
  const spec = { ...tinySpec(), ...model };
  const told = { spec, weights: createModel(spec).initialize(3) };
  const { labels: _, ...bare } = validation;
  await expect(evaluateModel(told, bare)).rejects.toMatchObject({ code: 'E_USAGE' });
  const shifted = Array.from(validation.labels!, (label) => (label + 1) % 10);
  expect(valuesOf(await evaluateModel(told, validation))).not.toEqual(
    valuesOf(await evaluateModel(told, bare, { labels: shifted })),
  );
});

it('refuses labels of other images, and stops when asked', async () => {
  const model = zeroModel();
  await expect(evaluateModel(model, validation, { labels: [1] })).rejects.toThrow(
    'expected a label for each of 40 images, got 1',
  );
  const signal = AbortSignal.abort();
  await expect(evaluateModel(model, validation, { signal })).rejects.toBe(signal.reason);
});

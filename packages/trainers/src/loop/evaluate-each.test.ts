import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { createObjective, type ObjectiveSpec } from '@latentkit/objectives';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tinyDataset, tinyModel } from '../testing/tiny-run.ts';
import { evaluateEach } from './evaluate-each.ts';
import { evaluateLoss } from './evaluate-loss.ts';

beforeAll(() => startWasmBackend());
const accelerator = await createAccelerator({ workers: 2 });
afterAll(() => accelerator.close());

const set = tinyDataset().train;
const numbers = set.images.length / set.count;
const setUp = (spec?: ObjectiveSpec, change = {}) => {
  const model = tinyModel(change);
  return [createObjective(model, spec, { examples: set.count }), model.initialize(1)] as const;
};
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

it.each<[string, ObjectiveSpec | undefined, object]>([
  ['the negative ELBO', undefined, {}],
  ['a beta of 4', { type: 'elbo', beta: 4 }, {}],
  ['three importance samples', { type: 'iwae', samples: 3 }, {}],
  ['a plain autoencoder', undefined, { kind: 'autoencoder' }],
])('by %s has the means that evaluateLoss gives, term by term', async (_, spec, change) => {
  const run = setUp(spec, change);
  const each = await evaluateEach(...run, set, { seed: 3, batchSize: 5 });
  const means = await evaluateLoss(...run, set, { seed: 3 });
  expect(Object.keys(each)).toEqual(Object.keys(means));
  for (const [name, values] of Object.entries(each)) {
    expect(values).toHaveLength(set.count);
    expect(mean(values)).toBeCloseTo(means[name]!, 5);
  }
});

it('is, of one example alone, its place in the set, whatever stands beside it and what computes it', async () => {
  const run = setUp();
  const all = await evaluateEach(...run, set);
  expect(await evaluateEach(...run, set, { batchSize: 3 })).toEqual(all);
  expect(await evaluateEach(...run, set, { accelerator })).toEqual(all);
  const alone = await evaluateEach(...run, { ...set, count: 1, images: set.images.subarray(0, numbers) });
  expect(alone.loss[0]).toBe(all.loss[0]);
  const part = { ...set, count: set.count - 3, images: set.images.subarray(3 * numbers) };
  const placed = await evaluateEach(...run, part, { first: 3, batchSize: 2 });
  expect(placed.loss).toEqual(all.loss.subarray(3));
  expect((await evaluateEach(...run, part)).loss).not.toEqual(placed.loss);
  expect(all.loss).toEqual(all.reconstruction!.map((value, i) => value + all.kl![i]!));
});

it('is refused for an objective by which no example has a loss of its own', async () => {
  await expect(evaluateEach(...setUp({ type: 'infoVae', mmd: 10 }), set)).rejects.toThrow(
    /^evaluateEach: no example has a loss of its own .*'mmd' is one of a batch.*Use createObjective\(model\)/,
  );
  await expect(evaluateEach(...setUp({ type: 'betaTc', totalCorrelation: 2 }), set)).rejects.toMatchObject({
    code: 'E_USAGE',
  });
});

import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { expectClose } from '@latentkit/testing';
import { beforeAll, expect, it } from 'vitest';
import { evaluateModel } from '../evaluate-model.ts';
import { eachLogWeights } from '../subject/log-weights.ts';
import { openSubject } from '../subject/open-subject.ts';
import { linearImages, linearKl, linearNll, linearVae } from '../testing/linear-vae.ts';
import { importanceNll, weigh } from './nll.ts';

const set = linearImages(60);
const truth = linearNll(set);
const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

beforeAll(async () => {
  await startWasmBackend();
});

async function nllOf(miss: Parameters<typeof linearVae>[0], samples: number, options = {}) {
  const subject = await openSubject(linearVae(miss), set, { seed: 3, ...options });
  const { nll } = await importanceNll(subject, { samples });
  await subject.close();
  return nll;
}

it('at the true posterior a single sample is the likelihood itself, and so is the ELBO', async () => {
  expectClose(await nllOf({}, 1), truth, { absolute: 2e-5 });
  const { metrics } = await evaluateModel(linearVae(), set, { metrics: ['elbo'], samples: 500 });
  const { value, error } = metrics[0]!;
  expect(Math.abs(value - meanOf(truth))).toBeLessThan(0.02); // its reconstruction is sampled
  expect(error).toBeGreaterThan(0);
});

it('elsewhere the bound is above the likelihood, and reaches it with more samples', async () => {
  const miss = { mean: 0.2, logVar: 0.3 };
  const gaps = await Promise.all(
    [1, 10, 100, 5000].map(async (samples) => meanOf(await nllOf(miss, samples)) - meanOf(truth)),
  );
  expect(gaps[0]).toBeGreaterThan(3 * gaps[1]!);
  expect(gaps[1]).toBeGreaterThan(3 * Math.abs(gaps[2]!));
  expect(Math.abs(gaps[3]!)).toBeLessThan(0.003);
});

it('is the same to the last digit by any number of threads, and however many samples are computed at once', async () => {
  const miss = { mean: 0.2, logVar: 0.3 };
  const [eager, workers] = [await nllOf(miss, 250), await createAccelerator({ workers: 2 })];
  expect(await nllOf(miss, 250, { accelerator: workers })).toEqual(eager);
  await workers.close();
});

it('of images of a part is that of the whole, by the number of the first', async () => {
  const whole = await nllOf({ mean: 0.2 }, 7);
  const part = { ...set, count: 50, images: set.images.subarray(10 * 6) };
  const subject = await openSubject(linearVae({ mean: 0.2 }), part, { seed: 3, first: 10 });
  expect((await importanceNll(subject, { samples: 7 })).nll).toEqual(whole.subarray(10));
  await subject.close();
});

it('active units are the rank, and KLs those of the true posteriors', async () => {
  const { metrics } = await evaluateModel(linearVae(), set, { metrics: ['activeUnits', 'klPerDimension'] });
  const [units, kls] = metrics;
  expect(units).toMatchObject({ value: 2, unit: 'of 3' });
  expectClose(Object.values(kls!.parts!), linearKl(set), { absolute: 1e-5 });
});

it('a sample of an image is the same whatever is computed beside it', async () => {
  const weightsOf = async (samples: number, count: number) => {
    const some = { ...set, count, images: set.images.subarray(0, count * 6) };
    const subject = await openSubject(linearVae({ mean: 0.2 }), some, { seed: 3 });
    const found: number[][] = [];
    await eachLogWeights(subject, samples, (_, logWeights) => found.push(Array.from(logWeights)));
    await subject.close();
    return found;
  };
  const [many, few] = [await weightsOf(130, 60), await weightsOf(30, 7)];
  expect(few).toEqual(many.slice(0, 7).map((weights) => weights.slice(0, 30)));
});

it('weighs in float64 by the maximum: no sum overflows', () => {
  expect(weigh([-1000, -1000]).logMean).toBe(-1000);
  expect(weigh([800, 800 + Math.log(3)])).toEqual({
    logMean: expect.closeTo(800 + Math.LN2, 10),
    effectiveSamples: expect.closeTo(16 / 10, 10),
  });
  expect(weigh([Number.NEGATIVE_INFINITY, 0]).logMean).toBeCloseTo(-Math.LN2, 12);
  expect(weigh([Number.NaN, 0]).logMean).toBeNaN();
});

it('says what cannot be, before anything is computed', async () => {
  const nll = (model: Parameters<typeof evaluateModel>[0], samples?: number) =>
    evaluateModel(model, set, { metrics: ['nll'], samples });
  await expect(nll(linearVae(), 0)).rejects.toMatchObject({ code: 'E_RANGE' });
  const { spec, weights } = linearVae();
  const likelihood = { type: 'squaredError', output: 'linear' } as const;
  await expect(nll({ spec: { ...spec, likelihood }, weights })).rejects.toThrow(
    "'nll' cannot be measured: the likelihood 'squaredError' is no density: train with 'bernoulli', or 'gaussian' with a sigma that is a number, 'learned' or 'perPixel'",
  );
  await expect(evaluateModel(linearVae(), set, { metrics: ['bitsPerDimension'] })).rejects.toThrow(
    "bits count probabilities, and the likelihood 'gaussian' gives densities",
  );
  await expect(evaluateModel(linearVae(), set, { metrics: ['nnl'] })).rejects.toThrow("Did you mean 'nll'?");
  await expect(
    evaluateModel(linearVae(), set, { labels: new Float32Array(60).fill(Number.NaN) }),
  ).rejects.toThrow('got NaN of image 0');
  const factors = { names: ['a', 'b'], sizes: [2, 2], values: new Float32Array(60) };
  await expect(evaluateModel(linearVae(), { ...set, factors })).rejects.toMatchObject({ code: 'E_SHAPE' });
});

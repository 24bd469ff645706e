import { readFileSync } from 'node:fs';
import { createRandom, Stream } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import { describe, expect, it } from 'vitest';
import { loadSampler, saveSampler } from '../saved/saved-sampler.ts';
import { aggregatePosteriorSampler } from './aggregate-posterior.ts';
import { expectationMaximization, type Mixture } from './expectation-maximization.ts';
import { fitGaussianMixture, type GaussianMixtureOptions } from './gaussian-mixture.ts';
import type { Sampler } from './sampler.ts';
import { SAMPLERS } from './samplers.ts';

/** Written by scripts/sklearn-goldens.py. */
interface Golden {
  readonly size: number;
  readonly points: number[];
  readonly start: Record<keyof Mixture, number[]>;
  readonly fits: ({
    iterations: number;
    made: number;
    converged: boolean;
    lowerBound: number;
  } & Record<keyof Mixture, number[]>)[];
}

const golden: Golden = JSON.parse(
  readFileSync(new URL('../../fixtures/sklearn-mixture.json', import.meta.url), 'utf8'),
);

describe('expectationMaximization', () => {
  const { size, points, start, fits } = golden;
  const given = { data: Float64Array.from(points), count: points.length / size, size };
  const from = Object.fromEntries(
    Object.entries(start).map(([name, numbers]) => [name, Float64Array.from(numbers)]),
  ) as unknown as Mixture;

  it.each(fits)('comes to what scikit-learn comes to in $iterations steps at most', (fit) => {
    const { iterations } = fit;
    const rules = { tolerance: 1e-6, iterations, leastVariance: 1e-6 };
    const made = expectationMaximization(given, from, rules);
    expect(made).toMatchObject({ iterations: fit.made, converged: fit.converged });
    expectClose([made.logLikelihood], [fit.lowerBound], { relative: 1e-12 });
    for (const name of ['weights', 'means', 'covariances'] as const) {
      expectClose(made.mixture[name], fit[name], { relative: 1e-9, absolute: 1e-12, what: name });
    }
  });
});

/** Two blobs in the plane, one of them three times as full and lying askew. */
function blobs(count: number): Float32Array {
  const codes = new Float32Array(2 * count);
  const random = createRandom({ seed: 8, stream: Stream.sample });
  for (let i = 0; i < count; i++) {
    const [a, b] = [random.normal(), random.normal()];
    codes.set(i % 4 === 0 ? [5 + 0.5 * a, -3 + 0.5 * b] : [a, 0.8 * a + 0.6 * b], 2 * i);
  }
  return codes;
}

describe('fitGaussianMixture', () => {
  it('finds where points were drawn from, and draws others like them', () => {
    const fitted = fitGaussianMixture(blobs(4000), { latentDim: 2, components: 2, seed: 3 });
    const { weights, means, covariances } = fitted.arrays;
    const [near, far] = weights!.data[0]! > 0.5 ? [0, 1] : [1, 0];
    expect(fitted.converged).toBe(true);
    expectClose([weights!.data[near!]!], [0.75], { absolute: 0.01 });
    expectClose([...means!.data.slice(2 * far!, 2 * far! + 2)], [5, -3], { absolute: 0.05 });
    expectClose([...covariances!.data.slice(4 * near!, 4 * near! + 4)], [1, 0.8, 0.8, 1], { absolute: 0.08 });
    expectClose([...covariances!.data.slice(4 * far!, 4 * far! + 4)], [0.25, 0, 0, 0.25], { absolute: 0.03 });

    const drawn = fitted.sample(4000, { seed: 1 });
    const inFar = Array.from({ length: 4000 }, (_, i) => i).filter((i) => drawn[2 * i]! > 3);
    expect(inFar.length / 4000).toBeCloseTo(0.25, 1);
    const mean = inFar.reduce((sum, i) => sum + drawn[2 * i + 1]!, 0) / inFar.length;
    expect(mean).toBeCloseTo(-3, 1);
  });

  it('is the normal distribution of the points where there is one component', () => {
    const codes = Float32Array.of(1, 3, 8);
    const { arrays, logLikelihood } = fitGaussianMixture(codes, {
      latentDim: 1,
      components: 1,
      leastVariance: 0,
    });
    const variance = (9 + 1 + 16) / 3;
    expectClose([...arrays.means!.data, ...arrays.covariances!.data], [4, variance]);
    expectClose([logLikelihood], [-0.5 * Math.log(2 * Math.PI * variance) - 0.5]);
  });

  it('is the same for the same seed, and takes points that are all alike', () => {
    const options = { latentDim: 2, components: 3, seed: 5 };
    expect(fitGaussianMixture(blobs(200), options).arrays).toEqual(
      fitGaussianMixture(blobs(200), options).arrays,
    );
    const alike = fitGaussianMixture(new Float32Array(20).fill(0.5), options);
    expectClose(alike.sample(5), new Array(10).fill(0.5), { absolute: 0.01 });
  });

  it('says what is wrong with codes and options', () => {
    const fit =
      (codes: unknown, options: Partial<GaussianMixtureOptions> = {}) =>
      () =>
        fitGaussianMixture(codes as Float32Array, { latentDim: 2, components: 2, ...options });
    expect(fit(new Float32Array(2))).toThrow('expected as many codes as components at least, got 1 for 2');
    expect(fit(new Float32Array(3))).toThrow(
      'expected whole codes of 2 numbers, one at least, got 3 numbers',
    );
    expect(fit(Float32Array.of(1, 2, Number.NaN, 3))).toThrow('the codes hold NaN at index 2');
    expect(fit([1, 2])).toThrow('expected codes as a Float32Array, got Array');
    expect(fit(new Float32Array(16_384), { latentDim: 8192 })).toThrow(
      expect.objectContaining({ code: 'E_LIMIT' }),
    );
    expect(fit(new Float32Array(8), { components: 0 })).toThrow('components');
    expect(fit(new Float32Array(8), { leastVariance: 0 })).toThrow(
      expect.objectContaining({ code: 'E_NOT_FINITE' }),
    );
  });
});

describe('aggregatePosterior', () => {
  const mean = Float32Array.of(0, 10, -10, 0);
  const logVar = Float32Array.from([0.01, 0.25, 0.25, 0.01].map(Math.log));

  it('draws codes of the posteriors of images, each as often as the others', () => {
    const sampler = aggregatePosteriorSampler({ mean, logVar }, { latentDim: 2 });
    const drawn = sampler.sample(4000, { seed: 2 });
    const first = Array.from({ length: 4000 }, (_, i) => drawn.subarray(2 * i, 2 * i + 2)).filter(
      ([x]) => x! > -5,
    );
    expect(first.length / 4000).toBeCloseTo(0.5, 1);
    const deviation = (d: 0 | 1, centre: number) =>
      Math.sqrt(first.reduce((sum, code) => sum + (code[d]! - centre) ** 2, 0) / first.length);
    expectClose([deviation(0, 0), deviation(1, 10)], [0.1, 0.5], { relative: 0.05 });
  });

  it('refuses points, and variances that are not as many', () => {
    expect(() => aggregatePosteriorSampler({ mean }, { latentDim: 2 })).toThrow('these codes are points');
    expect(() => aggregatePosteriorSampler({ mean, logVar: logVar.slice(2) }, { latentDim: 2 })).toThrow(
      expect.objectContaining({ code: 'E_SHAPE' }),
    );
  });
});

const FITTED: readonly Sampler[] = [
  fitGaussianMixture(blobs(100), { latentDim: 2, components: 3 }),
  aggregatePosteriorSampler({ mean: blobs(5), logVar: blobs(5) }, { latentDim: 2 }),
];

describe.each(FITTED)('a sampler of type $type', (sampler) => {
  it('draws code i by the seed and i alone', () => {
    const all = sampler.sample(50, { seed: 4 });
    expect(sampler.sample(7, { seed: 4 })).toEqual(all.subarray(0, 14));
    expect(sampler.sample(50, { seed: 5 })).not.toEqual(all);
    expect(() => sampler.sample(0)).toThrow('count');
  });

  it('draws the same when it was saved and loaded', () => {
    const loaded = loadSampler(saveSampler(sampler));
    expect(loaded).toMatchObject({ type: sampler.type, latentDim: 2 });
    expect(loaded.sample(50, { seed: 4 })).toEqual(sampler.sample(50, { seed: 4 }));
  });

  it('is refused where a file is damaged', () => {
    const { arrays } = sampler;
    const names = Object.keys(arrays);
    const kind = SAMPLERS.find(({ type }) => type === sampler.type)!;
    for (const name of names) {
      const { [name]: one, ...others } = arrays;
      const call = (given: typeof arrays) => () => kind.restore(given);
      expect(call(others)).toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
      const data = one!.data.map(() => Number.NaN);
      expect(call({ ...arrays, [name]: { ...one!, data } })).toThrow('NaN at index 0');
      const empty = { shape: one!.shape.map(() => 0), data: new Float32Array(0) };
      expect(call({ ...arrays, [name]: empty })).toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
    }
  });
});

it('covers every sampler, and loads no file of something else', () => {
  expect(FITTED.map(({ type }) => type).sort()).toEqual(SAMPLERS.map(({ type }) => type).sort());
  expect(() => loadSampler(new Uint8Array(4))).toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
  const own = { ...FITTED[0]!, type: 'myOwn' };
  expect(() => saveSampler(own)).toThrow("a sampler of type 'myOwn' could not be loaded again");
});

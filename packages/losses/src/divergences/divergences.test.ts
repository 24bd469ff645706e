import '@tensorflow/tfjs-backend-cpu';
import { normalRows, Stream } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { klStandardNormal } from '../kl-standard-normal.ts';
import { add, multiply } from '../ops/index.ts';
import { expectTerm } from '../testing/expect-terms.ts';
import { aggregatePosterior } from './aggregate-posterior.ts';
import { jointLogDensity } from './joint-log-density.ts';
import { klNormal } from './kl-normal.ts';
import { type MmdKernel, mmd } from './mmd.ts';
import { normalLogDensity } from './normal-log-density.ts';
import { pairwiseLogDensity } from './pairwise-log-density.ts';

const logNormal = (z: number, mean: number, logVar: number) =>
  -0.5 * (Math.log(2 * Math.PI) + logVar + (z - mean) ** 2 / Math.exp(logVar));
const sumOver = (count: number, term: (i: number) => number) =>
  Array.from({ length: count }, (_, i) => term(i)).reduce((total, value) => total + value, 0);
const list = (count: number, term: (i: number) => number) => Array.from({ length: count }, (_, i) => term(i));

describe('normalLogDensity', () => {
  it('is the log density of a standard normal, with its gradient', () => {
    expectTerm(
      (z) => normalLogDensity(z!),
      ([z]) => list(3, (row) => sumOver(2, (d) => logNormal(z![2 * row + d]!, 0, 0))),
      [[3, 2]],
    );
  });

  it('is that of any normal, with its gradients', () => {
    expectTerm(
      (z, mean, logVar) => normalLogDensity(z!, { mean: mean!, logVar: logVar! }),
      ([z, m, v]) =>
        list(3, (row) => sumOver(2, (d) => logNormal(z![2 * row + d]!, m![2 * row + d]!, v![2 * row + d]!))),
      [
        [3, 2],
        [3, 2],
        [3, 2],
      ],
    );
  });

  it('holds several samples of an example against its distribution', () => {
    expectTerm(
      (z, mean, logVar) => normalLogDensity(z!, { mean: mean!, logVar: logVar! }),
      ([z, m, v]) =>
        list(8, (row) =>
          sumOver(3, (d) => logNormal(z![3 * row + d]!, m![3 * (row >> 2) + d]!, v![3 * (row >> 2) + d]!)),
        ),
      [
        [2, 4, 3],
        [2, 3],
        [2, 3],
      ],
    );
  });

  it('refuses shapes that would broadcast', () => {
    const q = { mean: tf.zeros([1, 3]), logVar: tf.zeros([1, 3]) };
    expect(() => normalLogDensity(tf.zeros([2, 3]), q)).toThrow('got [2, 3], [1, 3], [1, 3]');
  });
});

describe('klNormal', () => {
  const kl = (mq: number, vq: number, mp: number, vp: number) =>
    0.5 * (Math.exp(vq - vp) - 1 - (vq - vp) + (mq - mp) ** 2 / Math.exp(vp));

  it('is the closed form in each dimension, with its gradients', () => {
    expectTerm(
      (mean, logVar) => klNormal({ mean: mean!, logVar: logVar! }),
      ([m, v]) => list(6, (i) => kl(m![i]!, v![i]!, 0, 0)),
      [
        [3, 2],
        [3, 2],
      ],
    );
    expectTerm(
      (mean, logVar, pMean, pLogVar) =>
        klNormal({ mean: mean!, logVar: logVar! }, { mean: pMean!, logVar: pLogVar! }),
      ([m, v, pm, pv]) => list(6, (i) => kl(m![i]!, v![i]!, pm![i]!, pv![i]!)),
      [
        [3, 2],
        [3, 2],
        [3, 2],
        [3, 2],
      ],
    );
  });

  it('sums to the KL to a standard normal', () => {
    const [mean, logVar] = [
      tf.tensor2d([
        [1, -2],
        [0.5, 0],
      ]),
      tf.tensor2d([
        [0.1, -1],
        [2, -3],
      ]),
    ];
    expectClose(tf.sum(klNormal({ mean, logVar }), 1).dataSync(), klStandardNormal(mean, logVar).dataSync());
  });

  it('refuses shapes that differ', () => {
    const [a, b] = [tf.zeros([2, 3]), tf.zeros([2, 2])];
    expect(() => klNormal({ mean: a, logVar: b })).toThrow('mean and logVar must have the same shape');
    expect(() => klNormal({ mean: a, logVar: a }, { mean: b, logVar: b })).toThrow('q.mean and p.mean');
  });
});

it('pairwiseLogDensity holds every point against every distribution, with its gradients', () => {
  expectTerm(
    (z, mean, logVar) => pairwiseLogDensity(z!, { mean: mean!, logVar: logVar! }),
    ([z, m, v]) =>
      list(3 * 4 * 2, (i) => {
        const [point, other, d] = [Math.floor(i / 8), Math.floor(i / 2) % 4, i % 2];
        return logNormal(z![2 * point + d]!, m![2 * other + d]!, v![2 * other + d]!);
      }),
    [
      [3, 2],
      [4, 2],
      [4, 2],
    ],
  );
  const q = { mean: tf.zeros([4, 3]), logVar: tf.zeros([4, 3]) };
  expect(() => pairwiseLogDensity(tf.zeros([3, 2]), q)).toThrow('got [3, 2], [4, 3], [4, 3]');
});

it('jointLogDensity is the sum of its dimensions, with its gradients', () => {
  expectTerm(
    (z, mean, logVar) => jointLogDensity(z!, { mean: mean!, logVar: logVar! }),
    ([z, m, v]) =>
      list(3 * 4, (i) => {
        const [point, other] = [Math.floor(i / 4), i % 4];
        return sumOver(2, (d) => logNormal(z![2 * point + d]!, m![2 * other + d]!, v![2 * other + d]!));
      }),
    [
      [3, 2],
      [4, 2],
      [4, 2],
    ],
  );
  const q = { mean: tf.zeros([4, 3]), logVar: tf.zeros([4, 3]) };
  expect(() => jointLogDensity(tf.zeros([3, 2]), q)).toThrow('got [3, 2], [4, 3], [4, 3]');
});

it.each([0.1, 0.01, 0.001])(
  'jointLogDensity keeps its digits far from 0 where deviations are %d',
  (sigma) => {
    const [count, size] = [6, 50];
    const mean = normalRows(count, size, { seed: 1, stream: Stream.sample }).map((value) => 3 * value);
    const noise = normalRows(count, size, { seed: 2, stream: Stream.sample });
    const z = mean.map((value, i) => value + sigma * noise[i]!);
    const logVar = mean.map(() => 2 * Math.log(sigma));
    const tensor = (numbers: Float32Array) => tf.tensor2d(numbers, [count, size]);
    const measured = jointLogDensity(tensor(z), { mean: tensor(mean), logVar: tensor(logVar) }).dataSync();
    for (let i = 0; i < count; i++) {
      const at = (d: number) => i * size + d;
      const expected = sumOver(size, (d) => logNormal(z[at(d)]!, mean[at(d)]!, logVar[at(d)]!));
      expect(Math.abs(measured[i * (count + 1)]! - expected)).toBeLessThan(1e-3);
    }
  },
);

describe('aggregatePosterior', () => {
  const logSumExp = (values: number[]) =>
    Math.log(values.reduce((total, value) => total + Math.exp(value), 0));

  it('is the formula of minibatch weighted sampling, jointly and by dimension, with gradients', () => {
    const share = Math.log(3 * 100);
    expectTerm(
      (z, mean, logVar) => {
        const { joint, marginals } = aggregatePosterior(
          z as tf.Tensor2D,
          { mean: mean!, logVar: logVar! },
          100,
        );
        return add(joint, multiply(marginals, tf.scalar(0.5)));
      },
      ([z, m, v]) =>
        list(3, (i) => {
          const pair = (j: number, d: number) => logNormal(z![2 * i + d]!, m![2 * j + d]!, v![2 * j + d]!);
          const joint = logSumExp([0, 1, 2].map((j) => sumOver(2, (d) => pair(j, d)))) - share;
          const marginals = sumOver(2, (d) => logSumExp([0, 1, 2].map((j) => pair(j, d))) - share);
          return joint + 0.5 * marginals;
        }),
      [
        [3, 2],
        [3, 2],
        [3, 2],
      ],
    );
  });

  it('is the same of one dimension jointly and by dimension', () => {
    const q = { mean: tf.tensor2d([[0], [1]]), logVar: tf.tensor2d([[0], [-1]]) };
    const { joint, marginals } = aggregatePosterior(tf.tensor2d([[0.5], [0.25]]), q, 10);
    expectClose(joint.dataSync(), marginals.dataSync());
  });
});

describe('mmd', () => {
  const kernels: [MmdKernel, (distance: number) => number][] = [
    [{ type: 'gaussian' }, (d) => Math.exp(-d / 4)],
    [{ type: 'gaussian', scale: 0.5 }, (d) => Math.exp(-d / 0.5)],
    [{ type: 'inverseMultiquadratic', scale: 3 }, (d) => 3 / (3 + d)],
  ];

  it.each(kernels)('of %j is the mean over all pairs, with its gradient', (kernel, likeness) => {
    const prior = tf.tensor2d([
      [0.5, -1],
      [0, 0.25],
      [2, 1],
    ]);
    const p = prior.dataSync();
    const meanOf = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      sumOver(a.length / 2, (i) =>
        sumOver(b.length / 2, (j) =>
          likeness((a[2 * i]! - b[2 * j]!) ** 2 + (a[2 * i + 1]! - b[2 * j + 1]!) ** 2),
        ),
      ) /
      ((a.length / 2) * (b.length / 2));
    expectTerm(
      (z) => mmd(z as tf.Tensor2D, prior, kernel),
      ([z]) => [meanOf(z!, z!) + meanOf(p, p) - 2 * meanOf(z!, p)],
      [[4, 2]],
    );
  });

  it('is near zero for samples of the prior, and not for others', () => {
    const samples = (seed: number) =>
      tf.tensor2d(normalRows(400, 2, { seed, stream: Stream.sample }), [400, 2]);
    expect(mmd(samples(1), samples(2)).dataSync()[0]).toBeLessThan(0.01);
    expect(mmd(tf.mul(samples(1), 3), samples(2)).dataSync()[0]).toBeGreaterThan(0.05);
  });

  it('says what it wanted', () => {
    expect(() => mmd(tf.zeros([2, 3]), tf.zeros([2, 2]))).toThrow('got [2, 3] and [2, 2]');
    const kernel = { type: 'rbf' } as unknown as MmdKernel;
    expect(() => mmd(tf.zeros([2, 2]), tf.zeros([2, 2]), kernel)).toThrow("mmd: type must be 'gaussian' or");
  });
});

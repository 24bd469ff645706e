import '@tensorflow/tfjs-backend-cpu';
import type { TableColumn } from '@latentkit/core/table';
import { expectClose, expectGradientsClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createLikelihood } from '../create-likelihood.ts';
import { columnDeviations } from './columns.ts';

const COLUMNS: readonly TableColumn[] = [
  { type: 'categorical', name: 'kind', values: ['a', 'b', 'c'] },
  { type: 'gaussian', name: 'length', mean: 5, deviation: 2 },
  { type: 'bernoulli', name: 'ripe', values: ['no', 'yes'] },
  { type: 'gaussian', name: 'width', mean: 0, deviation: 1 },
];
const LOG_SIGMA = 'likelihood.logSigma';
const likelihood = createLikelihood({ type: 'columns', output: 'linear', columns: COLUMNS });
const OUTPUT = [0.5, -1, 2, 0.25, -0.5, 1.5, -3, 0, 30, -2, 4, 0.1];
const TARGET = [0, 0, 1, 1, 1, 1, 1, 0, 0, -2.5, 0, 0];
const LOGS = [-0.5, 0.75];
const tensors = (output: readonly number[] = OUTPUT) => ({
  decoded: { output: tf.tensor([...output], [2, 1, 6, 1]) },
  target: tf.tensor(TARGET, [2, 1, 6, 1]),
});

/** Minus the logarithm of the probability, as textbooks have it. */
function oracle(y: readonly number[], x: readonly number[], logs: readonly number[]): number {
  const total = Math.log(y.slice(0, 3).reduce((sum, one) => sum + Math.exp(one), 0));
  const choice = total - y[x.slice(0, 3).indexOf(1)]!;
  const p = 1 / (1 + Math.exp(-y[4]!));
  const coin = -Math.log(x[4] === 1 ? p : 1 - p);
  const numbers = [3, 5].map((at, i) => {
    const sigma = Math.exp(-6) * (1 + Math.exp(logs[i]! + 6)); // exp(-6 + softplus(log + 6))
    return ((y[at]! - x[at]!) / sigma) ** 2 / 2 + Math.log(sigma * Math.sqrt(2 * Math.PI));
  });
  return choice + coin + numbers[0]! + numbers[1]!;
}

it('refuses thousands of columns with words among them, and takes as many of numbers', () => {
  const numbers: TableColumn[] = Array.from({ length: 5000 }, (_, i) => ({
    type: 'gaussian',
    name: `${i}`,
    mean: 0,
    deviation: 1,
  }));
  const create = (columns: readonly TableColumn[]) =>
    createLikelihood({ type: 'columns', output: 'linear', columns });
  expect(() => create([...numbers, COLUMNS[2]!])).toThrow(expect.objectContaining({ code: 'E_LIMIT' }));
  const row = { decoded: { output: tf.zeros([1, 1, 5000, 1]) }, target: tf.zeros([1, 1, 5000, 1]) };
  const score = create(numbers).negativeLogLikelihood(row.decoded, row.target, {
    [LOG_SIGMA]: tf.zeros([5000]),
  });
  const each = Math.log(Math.exp(-6) * (1 + Math.exp(6)) * Math.sqrt(2 * Math.PI));
  expect(score.dataSync()[0]! / 5000).toBeCloseTo(each, 4);
});

it('is the negative log probability of each column, added up', () => {
  const { decoded, target } = tensors();
  const score = likelihood.negativeLogLikelihood(decoded, target, { [LOG_SIGMA]: tf.tensor1d(LOGS) });
  const expected = [0, 6].map((at) => oracle(OUTPUT.slice(at, at + 6), TARGET.slice(at, at + 6), LOGS));
  expectClose([...score.dataSync()], expected, { relative: 1e-5 });
  expect([likelihood.density, likelihood.anyData, likelihood.parameterShapes]).toEqual([
    'density',
    true,
    { [LOG_SIGMA]: [2] },
  ]);
});

it('has the gradients of the finite differences', () => {
  const output = OUTPUT.map((value) => Math.min(value, 3));
  const { decoded, target } = tensors(output);
  const evaluate = (y: tf.Tensor, logs: tf.Tensor) =>
    likelihood.negativeLogLikelihood({ output: y }, target, { [LOG_SIGMA]: logs });
  const gradients = tf.grads(evaluate)([decoded.output, tf.tensor1d(LOGS)], tf.ones([2]));
  expectGradientsClose(
    gradients.map((gradient) => gradient.dataSync()),
    ([y, logs]) =>
      [0, 6].reduce(
        (sum, at) => sum + oracle([...y!].slice(at, at + 6), TARGET.slice(at, at + 6), [...logs!]),
        0,
      ),
    [Float64Array.from(output), Float64Array.from(LOGS)],
  );
});

it('holds several rows against each target', () => {
  const { decoded } = tensors();
  const one = tf.tensor(TARGET.slice(0, 6), [1, 1, 6, 1]);
  const logs = { [LOG_SIGMA]: tf.tensor1d(LOGS) };
  const [first, second] = likelihood.negativeLogLikelihood(decoded, one, logs).dataSync();
  expectClose(
    [first!, second!],
    [0, 6].map((at) => oracle(OUTPUT.slice(at, at + 6), TARGET, LOGS)),
    { relative: 1e-5 },
  );
});

it('gives means, a probability of the second of two values, and probabilities that sum to one', () => {
  const mean = likelihood.mean(tensors().decoded);
  expect(mean.shape).toEqual([2, 1, 6, 1]);
  const powers = [0.5, -1, 2].map(Math.exp);
  const sum = powers.reduce((a, b) => a + b);
  const expected = [...powers.map((power) => power / sum), 0.25, 1 / (1 + Math.exp(0.5)), 1.5];
  expectClose([...mean.dataSync()].slice(0, 6), expected, { relative: 1e-5 });
});

it('has deviations that are learned, and do not fall below exp(-6)', () => {
  const deviations = columnDeviations([0, 1, -40]);
  expectClose([...deviations], [1 + Math.exp(-6), Math.E + Math.exp(-6), Math.exp(-6)], { relative: 1e-9 });
  const { decoded, target } = tensors();
  const score = likelihood.negativeLogLikelihood(decoded, target, { [LOG_SIGMA]: tf.tensor1d([-1e4, -1e4]) });
  expect([...score.dataSync()].every(Number.isFinite)).toBe(true);
});

it('of words alone is a probability, and learns nothing', () => {
  const { density, parameterShapes } = createLikelihood({
    ...{ type: 'columns', output: 'linear' },
    columns: COLUMNS.filter(({ type }) => type !== 'gaussian'),
  });
  expect([density, parameterShapes]).toEqual(['mass', {}]);
});

it('refuses no columns, examples of another width, and columns that cannot be', () => {
  const spec = { type: 'columns', output: 'linear' } as const;
  expect(() => createLikelihood(spec)).toThrow('wants the columns of a table');
  const shape = { height: 1, width: 7, channels: 1 };
  expect(() => createLikelihood({ ...spec, columns: COLUMNS }, shape)).toThrow('6 numbers a row');
  const twice = [{ type: 'bernoulli', name: 'x', values: ['a', 'a'] }] as const;
  expect(() => createLikelihood({ ...spec, columns: twice })).toThrow('it has a value twice');
  const { decoded, target } = tensors();
  expect(() => likelihood.negativeLogLikelihood(decoded, target)).toThrow(
    "expected 'likelihood.logSigma' of 2",
  );
});

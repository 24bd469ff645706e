import { expect, it } from 'vitest';
import { TINY_EVALUATION as evaluation } from '../testing/tiny-evaluation.ts';
import { parseEvaluation } from './evaluation-file.ts';
import { numbersToJson } from './json-numbers.ts';
import { parseQuality } from './quality-file.ts';

const parse = (value: unknown) => parseEvaluation(JSON.parse(numbersToJson(value)), 'evaluation.json');

it('an evaluation comes back as it was measured, infinities and NaN among its numbers', () => {
  expect(parse(evaluation)).toEqual(evaluation);
  const [metric] = evaluation.metrics;
  const odd = {
    ...evaluation,
    metrics: [{ ...metric!, value: Number.POSITIVE_INFINITY, error: Number.NaN }],
    classes: [{ label: -1, images: 2, values: { kl: Number.NEGATIVE_INFINITY } }],
  };
  expect(parse(odd)).toEqual(odd);
});

it.each<[object | null, string]>([
  [null, 'evaluation.json: it must be an object, got null'],
  [{ ...evaluation, version: 2 }, 'expected version 1 at most, got 2: written by a newer Latentkit'],
  [{ ...evaluation, weights: 'abc' }, "evaluation.json: weights must be 64 digits of a SHA-256, got 'abc'"],
  [{ ...evaluation, metrics: {} }, 'evaluation.json: metrics must be a list, got an object'],
  [
    { ...evaluation, metrics: [{ ...evaluation.metrics[0], value: 'high' }] },
    'metrics[0].value must be a number',
  ],
  [
    { ...evaluation, classes: [{ label: 0, images: 1, values: [] }] },
    'classes[0].values must be numbers by name',
  ],
  [{ negativeElbo: 12.5 }, 'evaluation.json: version is missing'],
  [{ ...evaluation, elbo: 1 }, 'there is no field elbo'],
])('%j is refused', (value, message) => {
  expect(() => parse(value)).toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
  expect(() => parse(value)).toThrow(message);
});

it('the quality of maps is a row a method', () => {
  const rows = [
    { method: 'pca', points: 3, seconds: 0.5, metrics: { trustworthiness: 0.75, labelAccuracy: null } },
  ];
  expect(parseQuality(rows, 'quality.json')).toEqual(rows);
  expect(() => parseQuality({ trust: 1 }, 'quality.json')).toThrow(
    'quality.json: it must be a list, got an object',
  );
  expect(() => parseQuality([{ method: 'pca' }], 'quality.json')).toThrow('[0].metrics is missing');
});

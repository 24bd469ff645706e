import { describe, expect, it } from 'vitest';
import { mlp, specOf } from '../testing/model-specs.ts';
import { parseSavedModel, savedModelOf } from './model-json.ts';

const spec = specOf([4, 4, 1], 2, mlp([3]), mlp([3]));
const saved = savedModelOf({ spec, epoch: 3 });
const version1 = { format: 'latentkit-model', version: 1, spec, epoch: 3 };
const parse = (value: unknown) => parseSavedModel(JSON.parse(JSON.stringify(value)), 'model.json');

it('reads what is written', () => {
  expect(parse(saved)).toEqual(saved);
  const objective = { type: 'betaTc', totalCorrelation: 6 };
  expect(parse(savedModelOf({ spec, objective })).objective).toEqual(objective);
  const vq = savedModelOf({ spec: { ...spec, kind: 'vq', codebook: { size: 4 } } });
  expect(parse(vq).objective).toEqual({ type: 'vq' });
});

describe('version 1', () => {
  it('minimised the negative ELBO', () => {
    expect(parse(version1)).toEqual({ ...saved, objective: { type: 'elbo' } });
  });

  it('called the absolute error l1', () => {
    const old = { ...spec, likelihood: { type: 'l1', output: 'linear' } };
    expect(parse({ ...version1, spec: old }).spec.likelihood).toEqual({
      type: 'absoluteError',
      output: 'linear',
    });
  });
});

it.each([
  [null, 'model.json: it must be an object, got null'],
  [{ hello: 1 }, "model.json: format is missing: it must be 'latentkit-model'"],
  [
    { ...saved, hello: 1 },
    'model.json: there is no field hello. Known: format, version, spec, epoch, objective, weights',
  ],
  [{ ...saved, format: 'other' }, "model.json: format must be 'latentkit-model', got 'other'"],
  [{ ...saved, version: 3 }, 'expected version 2 at most, got 3: written by a newer Latentkit. Update'],
  [{ ...saved, version: 0 }, 'version must be a whole number of at least 1, got 0'],
  [{ ...saved, spec: undefined }, 'model.json: spec is missing: it must be an object'],
  [{ ...version1, spec: 'none' }, "model.json: spec must be an object, got 'none'"],
  [{ ...saved, spec: { ...spec, image: { height: 0, width: 1, channels: 1 } } }, 'spec.image.height must be'],
  [
    { ...saved, spec: { ...spec, latentDim: '2' } },
    "spec.latentDim must be a whole number of at least 1, got '2'",
  ],
  [{ ...saved, epoch: -1 }, 'epoch must be a whole number of at least 0, got -1'],
  [{ ...saved, weights: 'abc' }, "weights must be 64 digits of a SHA-256, got 'abc'"],
  [{ ...saved, objective: 'elbo' }, "objective must be an object, got 'elbo'"],
])('refuses %j', (value, message) => {
  expect(() => parse(value)).toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
  expect(() => parse(value)).toThrow(message);
});

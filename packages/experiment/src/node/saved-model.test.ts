import { expect, it } from 'vitest';
import { tinySpec } from '../testing/tiny-run.ts';
import { parseSavedModel } from './saved-model.ts';

const saved = { format: 'latentkit-model', version: 1, spec: tinySpec(), epoch: 3 };

it('reads what a run wrote', () => {
  expect(parseSavedModel(JSON.parse(JSON.stringify(saved)), 'model.json')).toEqual(saved);
});

it.each([
  [null, 'model.json: it must be an object, got null'],
  [{ hello: 1 }, 'model.json: there is no field hello. Known: format, version, spec, epoch'],
  [{ ...saved, format: 'other' }, "model.json: format must be 'latentkit-model', got 'other'"],
  [{ ...saved, version: 2 }, 'model.json: version must be 1; a newer Latentkit may know it, got 2'],
  [{ ...saved, spec: undefined }, 'model.json: spec is missing: it must be an object'],
  [
    { ...saved, spec: { ...saved.spec, image: { height: 0, width: 1, channels: 1 } } },
    'spec.image.height must be',
  ],
  [
    { ...saved, spec: { ...saved.spec, latentDim: '2' } },
    "spec.latentDim must be a whole number of at least 1, got '2'",
  ],
  [{ ...saved, epoch: -1 }, 'epoch must be a whole number of at least 0, got -1'],
])('refuses %j', (value, message) => {
  const call = () => parseSavedModel(JSON.parse(JSON.stringify(value)), 'model.json');
  expect(call).toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
  expect(call).toThrow(message);
});

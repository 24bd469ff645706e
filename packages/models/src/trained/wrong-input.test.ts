import { startWasmBackend } from '@latentkit/backend';
import { beforeAll, expect, it } from 'vitest';
import { createModel } from '../create-model.ts';
import { tinySpec } from '../testing/model-specs.ts';
import { createTrainedModel } from './trained-model.ts';

beforeAll(() => startWasmBackend());

const PIXELS = 784;

it('refuses weights of another model', () => {
  const spec = tinySpec();
  const weights = createModel(tinySpec({ latentDim: 3 })).initialize(3);
  expect(() => createTrainedModel(spec, weights)).toThrow(
    "createTrainedModel: expected 'encoder.mean.kernel' to be [8, 2], got [8, 3]. These weights are of another model",
  );
});

it('refuses options that there are not, and what is none, in every function', () => {
  const model = createTrainedModel(tinySpec(), createModel(tinySpec()).initialize(1));
  const [images, codes, odd] = [new Uint8Array(784), new Float32Array(2), { lable: 1 } as object];
  const none = null as never;
  for (const call of [
    () => model.encode(images, odd),
    () => model.decode(codes, odd),
    () => model.reconstruct(images, odd),
    () => model.sample({ count: 1, ...odd }),
  ]) {
    expect(call).toThrow(expect.objectContaining({ code: 'E_CONFIG', fix: "Did you mean 'label'?" }));
  }
  for (const [call, code] of [
    [() => model.encode(none), 'E_USAGE'],
    [() => model.encode(images, none), 'E_CONFIG'],
    [() => model.decode(none), 'E_USAGE'],
    [() => model.sample(undefined as never), 'E_CONFIG'],
    [() => model.sample({} as never), 'E_RANGE'],
    [() => model.sample({ count: 1, label: none }), 'E_USAGE'],
    [() => model.sample({ count: 1, seed: -1 }), 'E_RANGE'],
    [() => createTrainedModel(tinySpec(), none), 'E_USAGE'],
    [() => createTrainedModel(none, {}), 'E_CONFIG'],
  ] as const) {
    expect(call).toThrow(expect.objectContaining({ code }));
  }
  model.dispose();
});

it('refuses images that are none, with the reason', () => {
  const spec = tinySpec();
  const model = createTrainedModel(spec, createModel(spec).initialize(3));
  const bright = new Float32Array(PIXELS).fill(255);
  expect(() => model.encode(bright)).toThrow(
    'encode: expected float pixels within [0, 1], got 255 at index 0',
  );
  expect(() => model.reconstruct(bright)).toThrow('Divide by 255');
  expect(() => model.encode(new Float64Array(PIXELS) as never)).toThrow(
    'encode: images must be a Uint8Array (0 to 255) or a Float32Array, got Float64Array',
  );
  model.dispose();
});

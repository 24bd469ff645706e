import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createModel } from '../create-model.ts';
import { mlp, specOf } from '../testing/model-specs.ts';
import { createTrainedModel } from '../trained/trained-model.ts';
import { loadModel } from './load-model.ts';
import { saveModel } from './save-model.ts';

await tf.setBackend('cpu');

const spec = specOf([3, 2, 1], 2, mlp([4]), mlp([4]));
const weights = createModel(spec).initialize(1);
const files = saveModel({ spec, weights, epoch: 7 });

it('loads what was saved, to the same samples: from bytes, buffers, blobs and a URL', async () => {
  const expected = createTrainedModel(spec, weights).sample({ count: 3, seed: 1 });
  const asked: string[] = [];
  const fetch = (async (url: string) => {
    asked.push(url);
    return new Response(files[url.slice(url.lastIndexOf('/') + 1) as keyof typeof files]);
  }) as typeof globalThis.fetch;
  const blobs = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, new Blob([bytes])]));
  const buffers = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, bytes.buffer]));
  const url = 'https://example.org/digits';
  for (const loaded of await Promise.all([
    loadModel(files),
    loadModel(blobs),
    loadModel(buffers),
    loadModel(url, { fetch }),
  ])) {
    expect(loaded.sample({ count: 3, seed: 1 })).toEqual(expected);
    expect(loaded.saved).toMatchObject({ version: 2, epoch: 7, objective: { type: 'elbo' } });
    expect(loaded.weights).toEqual(weights);
    loaded.dispose();
  }
  expect(asked).toEqual([`${url}/model.json`, `${url}/model.safetensors`]);
});

it.each([
  ['E_NOT_FOUND', 'expected model.safetensors as bytes', { 'model.json': files['model.json'] }],
  ['E_FORMAT', 'model.json is not JSON', { ...files, 'model.json': new Uint8Array([1]) }],
  ['E_FORMAT', 'at most 100 deep', { ...files, 'model.json': new TextEncoder().encode('['.repeat(1e5)) }],
  ['E_FORMAT', 'model.safetensors: ', { ...files, 'model.safetensors': new Uint8Array([1]) }],
])('refuses with %s: %s', async (code, message, source) => {
  await expect(loadModel(source)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
});

it('refuses weights of another model that have the same shapes, but where the file is too old to tell', async () => {
  const others = saveModel({ spec, weights: createModel(spec).initialize(2) });
  const mixed = { ...files, 'model.safetensors': others['model.safetensors'] };
  await expect(loadModel(mixed)).rejects.toMatchObject({
    code: 'E_FORMAT',
    message: expect.stringMatching(
      /^model\.safetensors: expected the weights that model\.json was saved with, of SHA-256 [0-9a-f]{12}\.\.\., got [0-9a-f]{12}\.\.\.: changed, or of another model/,
    ),
  });
  const { weights: _, ...unnamed } = JSON.parse(new TextDecoder().decode(files['model.json']));
  const older = await loadModel({
    ...mixed,
    'model.json': new TextEncoder().encode(JSON.stringify(unnamed)),
  });
  expect(older.weights).not.toEqual(weights);
  older.dispose();
});

it('refuses what is neither a place nor files, and options that there are not', async () => {
  for (const source of [null, undefined, 3, []] as never[]) {
    await expect(loadModel(source)).rejects.toMatchObject({
      code: 'E_USAGE',
      message: expect.stringContaining('loadModel: source must be a URL, or the files by name, got '),
    });
  }
  const odd = { accelarator: {} } as object;
  await expect(loadModel(files, odd)).rejects.toMatchObject({ fix: "Did you mean 'accelerator'?" });
  expect(() => saveModel({ spec, weights, epochs: 3 } as never)).toThrow("Did you mean 'epoch'?");
  expect(() => saveModel(undefined as never)).toThrow(expect.objectContaining({ code: 'E_CONFIG' }));
});

it('says what a server answered', async () => {
  const answering = (status: number) => (async () => new Response('', { status })) as typeof fetch;
  await expect(loadModel('https://example.org', { fetch: answering(404) })).rejects.toMatchObject({
    code: 'E_NOT_FOUND',
  });
  await expect(loadModel('https://example.org', { fetch: answering(503) })).rejects.toMatchObject({
    code: 'E_NETWORK',
  });
});

it('does not save, nor load, weights that hold NaN', async () => {
  const bias = weights['decoder.output.bias']!;
  const spoilt = { ...weights, 'decoder.output.bias': { ...bias, data: bias.data.map(() => Number.NaN) } };
  expect(() => saveModel({ spec, weights: spoilt })).toThrow(
    expect.objectContaining({ code: 'E_NOT_FINITE' }),
  );
});

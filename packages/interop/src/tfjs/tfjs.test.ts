import { readFileSync } from 'node:fs';
import { startWasmBackend } from '@latentkit/backend';
import type { ModelSpec } from '@latentkit/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectSame } from '../testing/expect-near.ts';
import { caseOf, trainedCases } from '../testing/trained-cases.ts';
import { exportTfjs } from './export-tfjs.ts';
import { importTfjs } from './import-tfjs.ts';

// That TensorFlow.js computes the same is held by `pnpm readers`.
const isNormalisedByGroups = ({ encoder }: ModelSpec) =>
  encoder.type === 'residual' && (encoder.norm ?? 'group') === 'group';

describe.each(trainedCases.filter(({ spec }) => !isNormalisedByGroups(spec)))('$name', (model) => {
  it('comes back with its weights, bit for bit', () => {
    const files = exportTfjs({ ...model, epoch: 12 });
    expect(importTfjs({ ...files })).toEqual({
      spec: model.spec,
      weights: model.weights,
      epoch: 12,
      notes: [],
    });
  });
});

type Json = {
  modelTopology: { config: { layers: { class_name: string; config: Record<string, unknown> }[] } };
} & Record<string, unknown>;
const textOf = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as Json;

/** Files whose encoder's JSON is changed; both without what Latentkit says of them. */
function changed(files: object, change: (json: Json) => unknown = (json) => json) {
  const all = Object.entries<Uint8Array>({ ...files }).map(([path, bytes]) => {
    if (!path.endsWith('.json')) return [path, bytes] as const;
    const { userDefinedMetadata: _, ...json } = textOf(bytes) as Json & Record<string, unknown>;
    const made = path.startsWith('encoder') ? change(json as Json) : json;
    return [path, new TextEncoder().encode(JSON.stringify(made))] as const;
  });
  return Object.fromEntries(all);
}

it.each(['conv', 'conv-odd', 'conv-5-3', 'tanh-output', 'dense-colour', 'linear-output'])(
  '%s is told from its layers alone',
  (name) => {
    const { spec, weights } = caseOf(name);
    const model = importTfjs(changed(exportTfjs({ spec, weights })));
    const full = (net: ModelSpec['encoder']) =>
      net.type === 'conv' ? { kernelSize: 3, stride: 2, ...net } : net;
    expect(model).toMatchObject({
      weights,
      spec: { ...spec, encoder: full(spec.encoder), decoder: full(spec.decoder) },
    });
  },
);

// tfjs-layers 4.22 wrote it, and computed the numbers: fixtures/make-tfjs.js.
describe('a model that TensorFlow.js saved', () => {
  const folder = new URL('../../fixtures/tfjs/', import.meta.url);
  const read = (path: string) => new Uint8Array(readFileSync(new URL(path, folder)));
  const paths = ['encoder', 'decoder'].flatMap((part) =>
    ['model.json', 'group1-shard1of2.bin', 'group1-shard2of2.bin'].map((name) => `${part}/${name}`),
  );
  const files = Object.fromEntries(paths.map((path) => [path, read(path)]));
  const net = (filters: number[], activation: 'relu' | 'leakyRelu') =>
    ({ type: 'conv', filters, kernelSize: 3, stride: 2, activation }) as const;

  beforeAll(() => startWasmBackend());

  it('computes here what it computed there', () => {
    const model = importTfjs(files);
    expect(model.spec).toEqual({
      ...{ kind: 'vae', latentDim: 2, image: { height: 8, width: 8, channels: 1 } },
      encoder: { ...net([3, 4], 'relu'), hidden: [5] },
      decoder: net([4, 3], 'leakyRelu'),
      likelihood: { type: 'bernoulli', output: 'sigmoid' },
    });
    expectSame(model, JSON.parse(new TextDecoder().decode(read('expected.json'))));
  });

  it('is missed a shard of', () => {
    const { 'encoder/group1-shard2of2.bin': _, ...rest } = files;
    expect(() => importTfjs(rest)).toThrow(expect.objectContaining({ code: 'E_NOT_FOUND' }));
  });
});

it('is the same bytes each time', () => {
  expect(exportTfjs(caseOf('conv-told'))).toEqual(exportTfjs(caseOf('conv-told')));
});

describe('refuses', () => {
  const files = exportTfjs(caseOf('conv'));
  const manifest = (change: object) =>
    changed(files, (json) => {
      const [group] = json.weightsManifest as { weights: object[] }[];
      return {
        ...json,
        weightsManifest: [
          { ...group!, weights: [{ ...group!.weights[0], ...change }, ...group!.weights.slice(1)] },
        ],
      };
    });

  it.each([
    [
      'a missing file of weights',
      {
        'encoder/model.json': files['encoder/model.json'],
        'decoder/model.json': files['decoder/model.json'],
      },
      'E_NOT_FOUND',
      'which is not there',
    ],
    [
      'a graph model',
      changed(files, (json) => ({ ...json, modelTopology: { node: [] } })),
      'E_FORMAT',
      'a graph model',
    ],
    ['another JSON', changed(files, () => ({ a: 1 })), 'E_FORMAT', 'got another JSON'],
    [
      'no JSON',
      { 'encoder/model.json': new Uint8Array(3), 'decoder/model.json': new Uint8Array(3) },
      'E_FORMAT',
      'is not JSON',
    ],
    ['quantised weights', manifest({ quantization: { dtype: 'uint8' } }), 'E_FORMAT', 'quantised numbers'],
    ['weights of another type', manifest({ dtype: 'int32' }), 'E_FORMAT', 'float32, got int32'],
    ['weights cut off', manifest({ shape: [3, 3, 1, 1e6] }), 'E_FORMAT', 'are cut off'],
    ['a weight without a shape', manifest({ shape: 'x' }), 'E_FORMAT', 'no name or no shape'],
    [
      'an encoder alone',
      {
        'encoder/model.json': files['encoder/model.json'],
        'encoder/group1-shard1of1.bin': files['encoder/group1-shard1of1.bin'],
      },
      'E_FORMAT',
      'found no two such parts',
    ],
    ['nothing', undefined as never, 'E_USAGE', 'files'],
  ] as const)('%s', (_, given, code, message) => {
    expect(() => importTfjs(given)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it('a model of other weights', () => {
    const [dense, conv] = [caseOf('dense'), caseOf('conv')];
    expect(() => exportTfjs({ spec: conv.spec, weights: dense.weights })).toThrow(
      expect.objectContaining({ code: 'E_SHAPE' }),
    );
  });
});

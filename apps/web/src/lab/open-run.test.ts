import { encodeSafetensors } from '@latentkit/formats';
import { createModel } from '@latentkit/models';
import { saveModel } from '@latentkit/models/saved';
import { beforeAll, describe, expect, it } from 'vitest';
import { TINY_SPEC } from '../testing/tiny-spec.ts';
import { readRun } from './open-run.ts';

let saved: Record<string, Uint8Array>;
beforeAll(async () => {
  saved = (await saveModel({
    spec: TINY_SPEC,
    weights: createModel(TINY_SPEC).initialize(1),
    epoch: 3,
  })) as never;
});

const picked = (files: Record<string, Uint8Array>) => ({
  name: 'mine',
  files: Object.entries(files).map(([name, bytes]) => ({
    name,
    file: new File([bytes as Uint8Array<ArrayBuffer>], name),
  })),
});

it('opens a model alone, without images, and says so', async () => {
  const { opened, data, weights } = (await readRun(picked(saved)))!;
  expect(opened).toMatchObject({ name: 'mine', rows: [], end: { epoch: 3 } });
  expect(opened.end.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect(opened.start.curves.map(({ column }) => column)).toEqual(['loss', 'reconstruction', 'kl']);
  expect(opened.notes).toEqual([expect.stringContaining('a model alone')]);
  expect(data).toMatchObject({ spec: TINY_SPEC, count: 0 });
  expect(Object.keys(weights).sort()).toEqual(Object.keys(createModel(TINY_SPEC).parameterShapes).sort());
  expect(() => structuredClone(opened)).not.toThrow(); // it goes to the page
});

it('knows files that are no run', async () => {
  expect(await readRun(picked({ 'a.png': Uint8Array.of(137, 80, 78, 71) }))).toBeUndefined();
  expect(await readRun(picked({}))).toBeUndefined();
});

it('does not guess which is which of files of one name, as a chooser of files gives them without their folders', async () => {
  const [model] = picked({ 'model.json': new TextEncoder().encode('{}') }).files;
  await expect(readRun({ name: 'model.json', files: [model!, model!] })).rejects.toMatchObject({
    code: 'E_USAGE',
    message: expect.stringMatching(/two files model\.json.* Choose the folder/),
  });
});

describe('what cannot be opened is told', () => {
  it.each([
    [
      'weights alone',
      () => ({ 'w.safetensors': saved['model.safetensors']! }),
      'E_NOT_FOUND',
      /model\.json and model\.safetensors together, got w\.safetensors/,
    ],
    [
      'a model of a newer Latentkit',
      () => ({
        ...saved,
        'model.json': new TextEncoder().encode(
          new TextDecoder().decode(saved['model.json']).replace(/"version": ?\d+/, '"version": 99'),
        ),
      }),
      'E_FORMAT',
      /got 99: written by a newer Latentkit/,
    ],
    [
      'weights that are none',
      () => ({ ...saved, 'model.safetensors': Uint8Array.of(1, 2, 3) }),
      'E_FORMAT',
      /model\.safetensors/,
    ],
    [
      "another model's weights",
      () => ({
        ...saved,
        'model.safetensors': encodeSafetensors({ a: { shape: [1], data: new Float32Array(1) } }),
      }),
      'E_FORMAT',
      /model\.safetensors/,
    ],
    ['a damaged ZIP', () => ({ 'run.zip': Uint8Array.of(80, 75, 3, 4, 0, 0, 0) }), 'E_FORMAT', /./],
  ] as const)('%s', async (_, files, code, message) => {
    await expect(readRun(picked(files()))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});

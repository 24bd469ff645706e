import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeSafetensors, parseSafetensors } from '@latentkit/formats';
import { createModel, type ModelSpec } from '@latentkit/models';
import { describe, expect, it } from 'vitest';
import { sourceOfPython } from '../../scripts/source-of-python.js';
import { caseOf, trainedCases } from '../testing/trained-cases.ts';
import { exportTorch } from './export-torch.ts';
import { importTorch } from './import-torch.ts';

const [dense] = trainedCases as [(typeof trainedCases)[0]];

// That NumPy and PyTorch compute the same is held by `pnpm readers`.
it.each(trainedCases)('$name comes back with its weights, bit for bit', ({ spec, weights }) => {
  expect(importTorch(exportTorch({ spec, weights, epoch: 3 }))).toEqual({
    spec,
    weights,
    epoch: 3,
    notes: [],
  });
});

it('what a prior and a likelihood learn comes back, too', () => {
  const spec: ModelSpec = {
    ...dense.spec,
    prior: { type: 'vamp', components: 3 },
    likelihood: { type: 'gaussian', output: 'sigmoid', sigma: 'learned' },
  };
  const weights = createModel(spec).initialize(5);
  expect(importTorch(exportTorch({ spec, weights }))).toEqual({ spec, weights, epoch: 0, notes: [] });
});

it('tensors have the names and shapes of a state_dict', () => {
  const model = caseOf('conv');
  const { tensors, metadata } = parseSafetensors(exportTorch(model)['model.safetensors']);
  expect(Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]))).toMatchObject(
    {
      'encoder.conv1.weight': [8, 1, 3, 3],
      'encoder.hidden1.weight': [16, 16 * 49],
      'encoder.mean.bias': [3],
      'decoder.deconv1.weight': [16, 16, 3, 3],
    },
  );
  expect(metadata.format).toBe('pt');
});

it('norms have the names that PyTorch gives them, in blocks too', () => {
  const namesOf = (wanted: string) => {
    const model = caseOf(wanted);
    return Object.keys(parseSafetensors(exportTorch(model)['model.safetensors']).tensors);
  };
  const norm = 'encoder.stage1.block1.conv1Norm';
  const all = ['weight', 'bias', 'running_mean', 'running_var'].map((one) => `${norm}.${one}`);
  const of = (names: string[]) => names.filter((name) => name.startsWith(norm)).sort();
  expect(of(namesOf('residual-batch'))).toEqual([...all].sort());
  expect(of(namesOf('residual-group'))).toEqual(all.slice(0, 2).sort());
  expect(namesOf('residual-batch')).not.toContain('encoder.stage1.block1.conv1.bias'); // the batch's mean takes it away
});

it('the Python that goes along is the Python that is tested', () => {
  const root = join(import.meta.dirname, '../..');
  const read = (name: string) => readFileSync(join(root, 'python', name), 'utf8');
  expect(readFileSync(join(root, 'src/torch/python-sources.ts'), 'utf8')).toBe(sourceOfPython(read));
  const { 'latentkit_torch.py': torch, 'latentkit_numpy.py': numpy } = exportTorch(dense);
  expect([torch, numpy].map((bytes) => new TextDecoder().decode(bytes))).toEqual([
    read('latentkit_torch.py'),
    read('latentkit_numpy.py'),
  ]);
});

describe('what cannot be read back is refused by name', () => {
  const files = exportTorch(dense);
  const tensors = parseSafetensors(files['model.safetensors']).tensors;
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const withTensors = (changes: object) => ({
    ...files,
    'model.safetensors': encodeSafetensors({ ...tensors, ...changes } as never),
  });
  it.each([
    [
      'a config of another program',
      { ...files, 'config.json': text({ model_type: 'bert' }) },
      'E_FORMAT',
      /expected 'latentkit'/,
    ],
    [
      'a newer one',
      { ...files, 'config.json': text({ latentkit: { format: 'latentkit-model', version: 99 } }) },
      'E_FORMAT',
      /newer/,
    ],
    ['no JSON', { ...files, 'config.json': Uint8Array.of(123) }, 'E_FORMAT', /config\.json/],
    [
      'weights that are none',
      { ...files, 'model.safetensors': Uint8Array.of(1) },
      'E_FORMAT',
      /model\.safetensors/,
    ],
    [
      'another shape',
      withTensors({ 'encoder.mean.bias': { shape: [3], data: new Float32Array(3) } }),
      'E_FORMAT',
      /'encoder\.mean\.bias' of \[2\], got \[3\]/,
    ],
    [
      'NaN',
      withTensors({ 'encoder.mean.bias': { shape: [2], data: Float32Array.of(0, Number.NaN) } }),
      'E_NOT_FINITE',
      /index 1/,
    ],
    ['one file', { 'config.json': files['config.json'] }, 'E_USAGE', /exportTorch gives them/],
  ] as const)('%s', (_, given, code, message) => {
    expect(() => importTorch(given as never)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

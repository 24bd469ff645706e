import { createModel, type ModelSpec } from '@latentkit/models';
import { describe, expect, it } from 'vitest';
import { exportKeras } from './keras/export-keras.ts';
import { exportOnnx } from './onnx/export-onnx.ts';
import { importOnnx } from './onnx/import-onnx.ts';
import { exportTfjs } from './tfjs/export-tfjs.ts';
import { exportTorch } from './torch/export-torch.ts';
import { importTorch } from './torch/import-torch.ts';

const modelOf = (likelihood: ModelSpec['likelihood'], decoder: ModelSpec['decoder']) => {
  const spec: ModelSpec = {
    kind: 'vae',
    image: { height: 4, width: 6, channels: 2 },
    latentDim: 2,
    encoder: { type: 'mlp', hidden: [3], activation: 'relu' },
    ...{ decoder, likelihood },
  };
  return { spec, weights: createModel(spec).initialize(3) };
};
const mlp = { type: 'mlp', hidden: [4], activation: 'relu' } as const;
const conv = { type: 'conv', filters: [3], activation: 'relu' } as const;

describe.each([
  { type: 'gaussian', output: 'sigmoid', sigma: 'perPixel' },
  { type: 'discretisedLogistic', output: 'tanh' },
  { type: 'betaBinomial', output: 'sigmoid' },
] as const)('a decoder with two heads, of %o', (likelihood) => {
  it.each([mlp, conv])('comes back bit for bit where files hold more than networks: %o', (decoder) => {
    const model = modelOf(likelihood, decoder);
    expect(importOnnx(exportOnnx(model)).weights).toEqual(model.weights);
    expect(importTorch(exportTorch(model)).weights).toEqual(model.weights);
  });

  it('is written with the head of the mean alone where they hold networks', () => {
    const model = modelOf(likelihood, conv);
    const topology = new TextDecoder().decode(exportTfjs(model)['decoder/model.json']);
    expect(topology).toContain('output');
    expect(topology).not.toMatch(/logSigma|logScale|logConcentration/);
    expect(() => exportKeras(model)).not.toThrow();
  });
});

it.each([
  { type: 'continuousBernoulli', output: 'sigmoid' },
  { type: 'categorical', output: 'softmax', levels: 4 },
] as const)('refuses means that are no function which networks end with: %o', (likelihood) => {
  const model = modelOf(likelihood, mlp);
  for (const write of [exportOnnx, exportTorch, exportKeras, exportTfjs]) {
    expect(() => write(model)).toThrow(
      `${write.name}: the means of '${likelihood.type}' are no function that exported networks end with`,
    );
  }
});

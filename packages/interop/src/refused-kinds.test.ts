import { createModel, type ModelSpec } from '@latentkit/models';
import { expect, it } from 'vitest';
import { exportHub } from './hub/export-hub.ts';
import { exportKeras } from './keras/export-keras.ts';
import { exportOnnx } from './onnx/export-onnx.ts';
import { exportTfjs } from './tfjs/export-tfjs.ts';
import { exportTorch } from './torch/export-torch.ts';

const net = { type: 'mlp', hidden: [3], activation: 'relu' } as const;
const stage = { type: 'residual', filters: [2], activation: 'relu' } as const;
const vae: ModelSpec = {
  ...{ kind: 'vae', image: { height: 4, width: 4, channels: 1 }, latentDim: 2, encoder: net, decoder: net },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
};

it.each<[string, ModelSpec]>([
  ["kind 'semiSupervised'", { ...vae, kind: 'semiSupervised', condition: { classes: 2 } }],
  [
    "kind 'hierarchical'",
    { ...vae, kind: 'hierarchical', upper: { latentDim: 1, encoder: net, decoder: net } },
  ],
  ["kind 'vq'", { ...vae, kind: 'vq', codebook: { size: 4 } }],
])('no exporter writes %s, and each says so before anything is written', (what, spec) => {
  const model = { spec, weights: createModel(spec).initialize(1) };
  for (const [name, write] of Object.entries({ exportOnnx, exportKeras, exportTfjs, exportTorch })) {
    const refused = expect.objectContaining({ code: 'E_USAGE' });
    expect(() => write(model), name).toThrow(refused);
    expect(() => write(model), name).toThrow(`${name}: `);
    expect(() => write(model), name).toThrow(what);
  }
});

it.each([{ encoder: stage }, { decoder: stage }])(
  'norms by groups go everywhere but to TensorFlow.js, which has none: %j',
  (parts) => {
    const spec = { ...vae, ...parts };
    const model = { spec, weights: createModel(spec).initialize(1) };
    expect(Object.keys(exportOnnx(model))).toHaveLength(2);
    expect(Object.keys(exportKeras(model))).toHaveLength(2);
    expect(Object.keys(exportTorch(model))).toContain('latentkit_numpy.py');
    expect(Object.keys(exportHub(model))).toContain('encoder.keras');
    expect(() => exportTfjs(model)).toThrow(
      expect.objectContaining({
        code: 'E_USAGE',
        message: expect.stringMatching(/^exportTfjs: the networks normalise groups of channels, and TensorF/),
      }),
    );
  },
);

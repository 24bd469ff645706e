import { describe, expect, it } from 'vitest';
import { createModel } from './create-model.ts';
import { defineModel, type ModelSpec } from './model-spec.ts';
import { conv, mlp, SMALL_SPECS, specOf } from './testing/model-specs.ts';

const good = specOf([4, 4, 1], 2, mlp([3]), conv([2]));

const UPPER = { latentDim: 2, encoder: mlp([3]), decoder: mlp([3]) };
const VQ = { kind: 'vq', codebook: { size: 8 } };

const residual = (of: object) => ({ type: 'residual', filters: [32, 64], activation: 'relu', ...of });

describe("a model's spec", () => {
  it.each(Object.entries(SMALL_SPECS))('accepts %s', (_, spec) => {
    expect(createModel(spec).spec).toBe(spec);
  });

  it.each([
    ['image.height must be a whole number of at least 1, got 0', { image: { ...good.image, height: 0 } }],
    ['image.width must be a whole number of at least 1, got -4', { image: { ...good.image, width: -4 } }],
    [
      'image.channels must be a whole number of at least 1, got 1.5',
      { image: { ...good.image, channels: 1.5 } },
    ],
    ['image must be an object, got nothing', { image: undefined }],
    ['latentDim must be a whole number of at least 1, got NaN', { latentDim: Number.NaN }],
    ["latentDim must be a whole number of at least 1, got '2'", { latentDim: '2' }],
    ["there is no field latentdim. Did you mean 'latentDim'?", { latentdim: 2 }],
    ["there is no field encoder.strides. Did you mean 'stride'?", { encoder: { ...conv([1]), strides: 2 } }],
    ['encoder.hidden[1] must be a whole number of at least 1, got 0', { encoder: mlp([5, 0]) }],
    ['decoder.hidden must be a list, got 512', { decoder: { ...mlp([]), hidden: 512 } }],
    ['decoder.filters must name at least one convolution', { decoder: conv([]) }],
    ['encoder.filters is missing: it must be a list', { encoder: { type: 'conv', activation: 'relu' } }],
    ['encoder.filters[0] must be a whole number of at least 1, got Infinity', { encoder: conv([Infinity]) }],
    [
      'encoder.kernelSize must be a whole number of at least 1, got 0',
      { encoder: conv([1], { kernelSize: 0 }) },
    ],
    ['decoder.stride must be a whole number of at least 1, got 0.5', { decoder: conv([1], { stride: 0.5 }) }],
    ["latentActivation is for kind 'autoencoder'", { latentActivation: 'relu' }],
    [
      "prior of kind 'autoencoder' is what its codes",
      { kind: 'autoencoder', prior: { type: 'mixture', components: 2 } },
    ],
    ["codebook is for kind 'vq'. Leave it out", { codebook: { size: 8 } }],
    ["codebook is missing: kind 'vq' needs one", { kind: 'vq' }],
    ['codebook.size must be a whole number of at least 2, got 1', { kind: 'vq', codebook: { size: 1 } }],
    [
      'codebook.decay must be a number from 0 to below 1, got 1',
      { kind: 'vq', codebook: { size: 8, decay: 1 } },
    ],
    ["prior is not for kind 'vq'", { ...VQ, prior: { type: 'standardNormal' } }],
    ["condition is not for kind 'vq'", { ...VQ, condition: { classes: 2 } }],
    ["latentActivation is for kind 'autoencoder'", { ...VQ, latentActivation: 'relu' }],
    [
      'codebook.vectors is for encoders that end in a dense layer',
      { kind: 'vq', codebook: { size: 8, vectors: 2 }, encoder: conv([1]) },
    ],
    ["kind 'semiSupervised' needs condition: { classes }", { kind: 'semiSupervised' }],
    ["classifier is for kind 'semiSupervised'", { classifier: mlp([3]) }],
    ["upper is for kind 'hierarchical'", { upper: UPPER }],
    ["upper is missing: kind 'hierarchical' needs one", { kind: 'hierarchical' }],
    [
      "kind must be 'vae', 'autoencoder', 'vq', 'semiSupervised' or 'hierarchical', got 'vea'",
      { kind: 'vea' },
    ],
    [
      "encoder.type must be 'mlp', 'conv' or 'residual', got 'cnv'. Did you mean 'conv'?",
      { encoder: { ...conv([1]), type: 'cnv' } },
    ],
    ['decoder must be an object with a type, got nothing', { decoder: undefined }],
    [
      "encoder.activation must be 'linear', 'relu', 'leakyRelu' or 'tanh', got 'Relu'",
      { encoder: { ...mlp([2]), activation: 'Relu' } },
    ],
    ["latentActivation must be 'linear'", { kind: 'autoencoder', latentActivation: 'toString' }],
    ["prior.type must be 'standardNormal', 'vamp' or 'mixture', got 'vampp'", { prior: { type: 'vampp' } }],
    ['condition.classes must be a whole number of at least 2, got 1', { condition: { classes: 1 } }],
    [
      'encoder.groups must divide the filters of every stage, 32, 64, got 7. Take another number, or leave groups out',
      { encoder: residual({ groups: 7 }) },
    ],
    [
      "decoder.groups are those of channels that are normalised together, and norm is 'batch'",
      { decoder: residual({ groups: 2, norm: 'batch' }) },
    ],
    [
      "encoder.groups are those of channels that are normalised together, and norm is 'none'",
      { encoder: residual({ groups: 2, norm: 'none' }) },
    ],
  ])('refuses: %s', (message, change) => {
    const call = () => createModel({ ...good, ...change } as unknown as ModelSpec);
    expect(call).toThrow(`createModel: ${message}`);
    expect(call).toThrow(expect.objectContaining({ code: 'E_CONFIG' }));
  });

  it.each([
    { latentDim: 1e7 },
    { latentDim: 2 ** 53 - 1 },
    { encoder: conv([1e8]) },
    { decoder: mlp([1e6, 1e6]) },
    { prior: { type: 'vamp', components: 1e9 } as const },
  ])('refuses sizes that would take gigabytes, before it takes them: %j', (change) => {
    const huge = { ...specOf([28, 28, 1], 2, mlp([512]), mlp([512])), ...change };
    expect(() => createModel(huge)).toThrow(expect.objectContaining({ code: 'E_LIMIT' }));
  });

  it('keeps the words of what defineModel was given', () => {
    const spec = defineModel({
      kind: 'vae',
      image: { height: 2, width: 2, channels: 1 },
      latentDim: 2,
      encoder: { type: 'mlp', hidden: [3], activation: 'relu' },
      decoder: { type: 'mlp', hidden: [], activation: 'relu' },
      likelihood: { type: 'bernoulli', output: 'sigmoid' },
    });
    const kind: 'vae' = spec.kind;
    expect(createModel(spec).spec.kind).toBe(kind);
    expect(() => defineModel({ ...spec, latentDim: 0 })).toThrow('defineModel: latentDim must be');
  });
});

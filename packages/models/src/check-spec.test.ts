import { LatentkitError } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { checkSpec } from './check-spec.ts';
import type { ModelSpec } from './model-spec.ts';
import { conv, mlp, SMALL_SPECS, specOf } from './testing/model-specs.ts';

const good = specOf([4, 4, 1], 2, mlp([3]), conv([2]));

describe('checkSpec', () => {
  it.each(Object.entries(SMALL_SPECS))('accepts %s', (_, spec) => {
    expect(() => checkSpec(spec)).not.toThrow();
  });

  it.each([
    [
      'E_CONFIG',
      'image.height must be a whole number of at least 1, got 0',
      { image: { ...good.image, height: 0 } },
    ],
    [
      'E_CONFIG',
      'image.width must be a whole number of at least 1, got -4',
      { image: { ...good.image, width: -4 } },
    ],
    [
      'E_CONFIG',
      'image.channels must be a whole number of at least 1, got 1.5',
      { image: { ...good.image, channels: 1.5 } },
    ],
    ['E_CONFIG', 'image.height must be a whole number of at least 1, got undefined', { image: undefined }],
    ['E_CONFIG', 'latentDim must be a whole number of at least 1, got NaN', { latentDim: Number.NaN }],
    ['E_CONFIG', 'latentDim must be a whole number of at least 1, got 2', { latentDim: '2' }],
    ['E_CONFIG', 'encoder.hidden[1] must be a whole number of at least 1, got 0', { encoder: mlp([5, 0]) }],
    ['E_CONFIG', 'decoder.hidden must be a list of sizes, got 512', { decoder: { ...mlp([]), hidden: 512 } }],
    ['E_CONFIG', 'decoder.filters must name at least one convolution', { decoder: conv([]) }],
    [
      'E_CONFIG',
      'encoder.filters must be a list of sizes, got undefined',
      { encoder: { type: 'conv', activation: 'relu' } },
    ],
    [
      'E_CONFIG',
      'encoder.filters[0] must be a whole number of at least 1, got Infinity',
      { encoder: conv([Infinity]) },
    ],
    [
      'E_CONFIG',
      'encoder.kernelSize must be a whole number of at least 1, got 0',
      { encoder: conv([1], { kernelSize: 0 }) },
    ],
    [
      'E_CONFIG',
      'decoder.stride must be a whole number of at least 1, got 0.5',
      { decoder: conv([1], { stride: 0.5 }) },
    ],
    ['E_CONFIG', "latentActivation is for kind 'autoencoder'", { latentActivation: 'relu' }],
    ['E_UNKNOWN_NAME', "there is no kind 'vea'. Did you mean 'vae'?", { kind: 'vea' }],
    [
      'E_UNKNOWN_NAME',
      "there is no encoder.type 'cnv'. Did you mean 'conv'?",
      { encoder: { ...conv([1]), type: 'cnv' } },
    ],
    ['E_UNKNOWN_NAME', "there is no decoder.type 'undefined'", { decoder: undefined }],
    [
      'E_UNKNOWN_NAME',
      "there is no encoder.activation 'Relu'. Did you mean 'relu'?",
      { encoder: { ...mlp([2]), activation: 'Relu' } },
    ],
    [
      'E_UNKNOWN_NAME',
      "there is no latentActivation 'toString'",
      { kind: 'autoencoder', latentActivation: 'toString' },
    ],
  ])('refuses with %s: %s', (code, message, change) => {
    let error: unknown;
    try {
      checkSpec({ ...good, ...change } as unknown as ModelSpec);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(LatentkitError);
    expect(error).toMatchObject({ code });
    expect((error as LatentkitError).message).toContain(`model: ${message}`);
  });
});

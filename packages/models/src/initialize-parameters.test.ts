import { createHash } from 'node:crypto';
import type { NamedArrays } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import { describe, expect, it } from 'vitest';
import { createModel } from './create-model.ts';
import { conv, mlp, specOf } from './testing/model-specs.ts';

const dense = createModel(specOf([28, 28, 1], 2, mlp([512]), mlp([512])));
const convolutional = createModel(specOf([28, 28, 1], 2, conv([32, 64], { hidden: [16] }), conv([64, 32])));

function digest(parameters: NamedArrays): string {
  const hash = createHash('sha256');
  for (const [name, { shape, data }] of Object.entries(parameters))
    hash.update(`${name}[${shape}]`).update(data);
  return hash.digest('hex').slice(0, 16);
}

describe('initializeParameters', () => {
  it('gives these bytes, on every machine', () => {
    expect(digest(dense.initialize(42))).toBe('0d9ed7db41eae5de');
    expect(digest(dense.initialize(0))).toBe('116f6980aa974678');
    expect(digest(convolutional.initialize(42))).toBe('6372422ddc8fc1d9');
  });

  it.each([
    ['encoder.hidden1.kernel', dense, Math.sqrt(6 / (784 + 512))],
    ['encoder.conv2.kernel', convolutional, Math.sqrt(6 / (9 * (32 + 64)))],
    ['decoder.deconv2.kernel', convolutional, Math.sqrt(6 / (9 * (64 + 32)))],
  ])('draws %s evenly between the bounds', (name, model, limit) => {
    const data = model.initialize(7)[name]!.data;
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
    const variance = data.reduce((sum, value) => sum + value * value, 0) / data.length;
    // Five standard errors of a uniform distribution's mean and variance.
    const error = 5 / Math.sqrt(data.length);
    expectClose([mean / limit], [0], { absolute: error / Math.sqrt(3) });
    expectClose([variance / limit ** 2], [1 / 3], { absolute: error * Math.sqrt(4 / 45) });
    expect(Math.max(...data.slice(0, 4000)) / limit).toBeGreaterThan(0.99);
    expect(Math.min(...data.slice(0, 4000)) / limit).toBeLessThan(-0.99);
  });

  it('draws every kernel from numbers of its own', () => {
    const parameters = dense.initialize(1);
    const first = (name: string) => parameters[name]!.data[0]! / parameters[name]!.data[1]!;
    const kernels = Object.keys(parameters).filter((name) => name.endsWith('.kernel'));
    expect(new Set(kernels.map(first)).size).toBe(kernels.length);
  });

  it('learns a log sigma from 0 where the likelihood asks for one', () => {
    const likelihood = { type: 'gaussian', output: 'linear', sigma: 'learned' } as const;
    const model = createModel(specOf([2, 2, 1], 1, mlp([]), mlp([]), { likelihood }));
    expect(model.initialize(3)['likelihood.logSigma']).toEqual({ shape: [], data: new Float32Array(1) });
    expect(dense.initialize(3)['likelihood.logSigma']).toBeUndefined();
  });

  it('refuses a seed that is none', () => {
    expect(() => dense.initialize(-1)).toThrow(/seed must be a whole number/);
  });
});

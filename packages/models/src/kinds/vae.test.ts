import '@tensorflow/tfjs-backend-cpu';
import { normalRows, Stream } from '@latentkit/core';
import { importanceWeighted, klStandardNormal, normalLogDensity } from '@latentkit/losses';
import { createGate } from '@latentkit/losses/ops';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createModel } from '../create-model.ts';
import { parametersToTensors } from '../parameters.ts';
import type { PassContext, PassOptions } from '../pass.ts';
import { reparameterize } from '../reparameterize.ts';
import { mlp, specOf } from '../testing/model-specs.ts';

await tf.setBackend('cpu');

const model = createModel(
  specOf([2, 2, 1], 3, mlp([4], 'tanh'), mlp([4], 'tanh'), {
    likelihood: { type: 'gaussian', output: 'linear', sigma: 0.5 },
  }),
);
const parameters = parametersToTensors(model.initialize(1));
const x = tf.tensor4d(
  Float32Array.from({ length: 8 }, (_, i) => i / 8),
  [2, 2, 2, 1],
);

function passOf(samples = 1, options: PassOptions = {}) {
  const noise = normalRows(2, 3 * samples, { seed: 1, stream: Stream.latentNoise });
  const inputs = { x, 'noise.z': tf.tensor(noise, samples === 1 ? [2, 3] : [2, samples, 3]) };
  const context: PassContext = { parameters, inputs, scalars: {}, training: true, emit: () => {} };
  return { pass: model.pass(context, { samples, ...options }), noise: inputs['noise.z'] };
}

describe('a pass of one sample', () => {
  it('does what encode, reparameterize, decode and the losses do, to the bit', () => {
    const { pass, noise } = passOf();
    const { mean, logVar } = model.encode(parameters, x);
    const z = reparameterize(mean, logVar!, noise as tf.Tensor2D);
    const score = model.likelihood.negativeLogLikelihood(model.decode(parameters, z), x);
    expect(pass.negativeLogLikelihood().dataSync()).toEqual(score.dataSync());
    expect(pass.code.dataSync()).toEqual(z.dataSync());
    const { z: latent } = pass.latents;
    expect(latent!.prior.kl!(latent!.posterior).dataSync()).toEqual(
      klStandardNormal(mean, logVar!).dataSync(),
    );
    expectClose(
      tf.sum(latent!.prior.klPerDimension!(latent!.posterior), 1).dataSync(),
      klStandardNormal(mean, logVar!).dataSync(),
    );
  });

  it('computes each part once', () => {
    let calls = 0;
    const counting = {
      ...model,
      encode: (...args: Parameters<typeof model.encode>) => {
        calls++;
        return model.encode(...args);
      },
    };
    const { pass } = passOf();
    const counted = counting.pass(pass.context);
    counted.negativeLogLikelihood();
    counted.logWeights!();
    expect(counted.latents.z!.sample).toBe(counted.latents.z!.sample);
    expect(calls).toBe(1);
  });
});

describe('a pass of several samples', () => {
  it('has the numbers that each sample has alone', () => {
    const { pass, noise } = passOf(4);
    expect(pass.logWeights!().shape).toEqual([2, 4]);
    for (let sample = 0; sample < 4; sample++) {
      const own = tf.reshape(tf.slice(noise, [0, sample, 0], [2, 1, 3]), [2, 3]);
      const alone = model.pass({ ...pass.context, inputs: { x, 'noise.z': own } });
      const column = (all: tf.Tensor) => tf.slice(all, [0, sample], [2, 1]).dataSync();
      expectClose(column(pass.logLikelihood()), alone.logLikelihood().dataSync());
      expectClose(column(pass.logWeights!()), alone.logWeights!().dataSync());
    }
  });

  it('weighs by log p(x, z) - log q(z | x), in float64', () => {
    const { pass } = passOf(4);
    const { posterior, sample } = pass.latents.z!;
    const [mean, logVar, z] = [posterior.mean, posterior.logVar, sample].map((t) => t.dataSync());
    const logNormal = (value: number, m: number, v: number) =>
      -0.5 * (Math.log(2 * Math.PI) + v + (value - m) ** 2 / Math.exp(v));
    const ratios = Array.from({ length: 8 }, (_, row) =>
      [0, 1, 2].reduce((total, d) => {
        const value = z![3 * row + d]!;
        const at = 3 * Math.floor(row / 4) + d;
        return total + logNormal(value, 0, 0) - logNormal(value, mean![at]!, logVar![at]!);
      }, 0),
    );
    const likelihoods = pass.logLikelihood().dataSync();
    expectClose(
      pass.logWeights!().dataSync(),
      ratios.map((ratio, i) => ratio + likelihoods[i]!),
    );
  });

  it('says which noise it wanted', () => {
    const { pass } = passOf(4);
    expect(() => model.pass(pass.context).code).toThrow('expected noise.z to be [2, 3], got [2, 4, 3]');
    expect(() => model.pass({ ...pass.context, inputs: { x } }).code).toThrow("the input 'noise.z', got x");
  });
});

it('is refused for several samples of a point', () => {
  const plain = createModel(specOf([2, 2, 1], 3, mlp([]), mlp([]), { kind: 'autoencoder' }));
  const context = { parameters: {}, inputs: { x }, scalars: {}, training: true, emit: () => {} };
  expect(() => plain.pass(context, { samples: 2 })).toThrow(expect.objectContaining({ code: 'E_CONFIG' }));
  expect(plain.pass(context).latents).toEqual({});
});

describe('a gated pass of several samples', () => {
  it('has the doubly reparameterised gradient: weights squared, with the posterior held still', () => {
    const samples = 3;
    const { pass } = passOf(samples);
    const name = 'encoder.mean.bias';
    const bias = parameters[name]!;
    const boundOf = (value: tf.Tensor) => {
      const gate = createGate();
      const context = { ...pass.context, parameters: { ...parameters, [name]: value } };
      return importanceWeighted(model.pass(context, { samples, gate }).logWeights!(), gate);
    };
    const gradient = tf.grad(boundOf)(bias).dataSync();

    // dz / d bias = 1: what is left is log w's slope in z under a posterior that stays, by finite differences.
    const { mean, logVar } = model.encode(parameters, x);
    const z = tf.reshape(pass.latents.z!.sample, [6, 3]).arraySync() as number[][];
    const logWeights = (codes: number[][]) => {
      const code = tf.tensor2d(codes);
      const decoded = model.decode(parameters, code);
      const likelihoods = model.likelihood.negativeLogLikelihood(decoded, x).dataSync();
      const sample = tf.reshape(code, [2, samples, 3]);
      const prior = normalLogDensity(sample).dataSync();
      const posterior = normalLogDensity(sample, { mean, logVar: logVar! }).dataSync();
      return Array.from(likelihoods, (score, i) => -score + prior[i]! - posterior[i]!);
    };
    const weights = logWeights(z);
    const normalised = weights.map((weight, i) => {
      const own = weights.slice(samples * Math.floor(i / samples)).slice(0, samples);
      return Math.exp(weight) / own.reduce((total, other) => total + Math.exp(other), 0);
    });
    const expected = [0, 1, 2].map((d) => {
      const moved = (by: number) => logWeights(z.map((code) => code.map((c, i) => (i === d ? c + by : c))));
      const [above, below] = [moved(0.01), moved(-0.01)];
      return -normalised.reduce((total, w, i) => total + (w * w * (above[i]! - below[i]!)) / 0.02, 0);
    });
    expectClose(gradient, expected, { relative: 2e-3, absolute: 2e-3 });
  });
});

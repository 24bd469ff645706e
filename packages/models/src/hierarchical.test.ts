import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { createRandom, normalRows, Stream } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { createModel } from './create-model.ts';
import { parametersToTensors } from './parameters.ts';
import type { Pass } from './pass.ts';
import { mlp, specOf } from './testing/model-specs.ts';
import { openTrainedModel } from './trained/accelerated-model.ts';
import { createTrainedModel } from './trained/trained-model.ts';

await startWasmBackend();
const accelerator = await createAccelerator({ workers: 2 });
afterAll(() => accelerator.close());

const upper = { latentDim: 3, encoder: mlp([4], 'tanh'), decoder: mlp([5], 'tanh') };
const spec = specOf([4, 3, 1], 2, mlp([5], 'tanh'), mlp([4]), { kind: 'hierarchical', upper });
const model = createModel(spec);
const weights = model.initialize(5);
const parameters = parametersToTensors(weights);
const draw = (columns: number, index: number, rows = 2) =>
  normalRows(rows, columns, { seed: 1, stream: Stream.sample, index: 100 * index });
const x = tf.tensor4d(draw(12, 0), [2, 4, 3, 1]);

function passOf(samples: number): Pass {
  const inputs = {
    x,
    'noise.z': tf.tensor3d(draw(2 * samples, 1), [2, samples, 2]),
    'noise.z2': tf.tensor3d(draw(3 * samples, 2), [2, samples, 3]),
  };
  return model.pass({ parameters, inputs, scalars: {}, training: false, emit() {} }, { samples });
}

const dense = (name: string, input: readonly number[]) => {
  const { data: kernel } = weights[`${name}.kernel`]!;
  const { data: bias } = weights[`${name}.bias`]!;
  return [...bias].map((b, unit) =>
    input.reduce((sum, value, i) => sum + value * kernel[i * bias.length + unit]!, b),
  );
};
const logNormal = (z: readonly number[], mean: readonly number[], logVar: readonly number[]) =>
  z.reduce(
    (sum, value, i) =>
      sum - (Math.log(2 * Math.PI) + logVar[i]! + (value - mean[i]!) ** 2 / Math.exp(logVar[i]!)) / 2,
    0,
  );

describe('a model of two levels', () => {
  it('names both of its latents, and their noise', () => {
    expect(model.latents).toEqual([
      { name: 'z', type: 'gaussian', size: 2 },
      { name: 'z2', type: 'gaussian', size: 3 },
    ]);
    expect(Object.keys(model.noise)).toEqual(['z', 'z2']);
  });

  it('weighs samples by the densities of both levels', () => {
    const pass = passOf(3);
    const samples = [pass.latents.z!.sample, pass.latents.z2!.sample].map(
      (one) => one.arraySync() as number[][][],
    );
    const likelihood = pass.logLikelihood().arraySync();
    const weight = pass.logWeights!().arraySync();
    for (const image of [0, 1]) {
      const pixels = [...x.dataSync()].slice(12 * image, 12 * image + 12);
      const h = dense('encoder.hidden1', pixels).map(Math.tanh);
      const u = dense('upperEncoder.hidden1', h).map(Math.tanh);
      const q2 = [dense('upperEncoder.mean', u), dense('upperEncoder.logVar', u)] as const;
      for (const sample of [0, 1, 2]) {
        const [z, z2] = samples.map((one) => one[image]![sample]!) as [number[], number[]];
        const d = dense('upperDecoder.hidden1', z2).map(Math.tanh);
        const q = (['Mean', 'LogVar'] as const).map((name) => {
          const ofZ2 = dense(`upperDecoder.posterior${name}`, d);
          return dense(`encoder.${name[0]!.toLowerCase()}${name.slice(1)}`, h).map(
            (value, i) => value + ofZ2[i]!,
          );
        }) as [number[], number[]];
        const zeros = [0, 0, 0];
        const expected =
          likelihood[image]![sample]! +
          logNormal(z, dense('upperDecoder.mean', d), dense('upperDecoder.logVar', d)) -
          logNormal(z, ...q) +
          logNormal(z2, zeros, zeros) -
          logNormal(z2, ...q2);
        expectClose([weight[image]![sample]!], [expected], { absolute: 1e-4 });
      }
    }
  });

  it("has KLs that are what many samples' densities come to", () => {
    const pass = passOf(4000);
    for (const name of ['z', 'z2']) {
      const { prior, posterior, sample } = pass.latents[name]!;
      const closed = prior.kl!(posterior).arraySync();
      const q = name === 'z' ? undefined : posterior;
      if (!q) continue;
      const ofPrior = prior.logDensity(sample).arraySync();
      const points = sample.arraySync() as number[][][];
      const [mean, logVar] = [q.mean, q.logVar].map((one) => one.arraySync() as number[][]);
      for (const image of [0, 1]) {
        const ratios = points[image]!.map(
          (z, i) => logNormal(z, mean![image]!, logVar![image]!) - ofPrior[image]![i]!,
        );
        const average = ratios.reduce((sum, value) => sum + value, 0) / ratios.length;
        expect(Math.abs(average - closed[image]!)).toBeLessThan(0.1);
      }
    }
  });

  it('draws codes by way of an upper one, code i by the seed and i alone, the same on threads', async () => {
    const trained = createTrainedModel(spec, weights);
    const codes = trained.sampleCodes({ count: 70, seed: 9 });
    expect(trained.sampleCodes({ count: 3, seed: 9 })).toEqual(codes.slice(0, 6));
    const random = createRandom({ seed: 9, stream: Stream.sample, index: 1 });
    const noise = [random.normal(), random.normal()];
    const z2 = [random.normal(), random.normal(), random.normal()];
    const d = dense('upperDecoder.hidden1', z2).map(Math.tanh);
    const logVar = dense('upperDecoder.logVar', d);
    const expected = dense('upperDecoder.mean', d).map(
      (mean, i) => mean + Math.exp(logVar[i]! / 2) * noise[i]!,
    );
    expectClose(codes.slice(2, 4), expected, { absolute: 1e-5 });
    expect(trained.prior()).toBeUndefined();
    const open = await openTrainedModel(spec, weights, { accelerator });
    expect(await open.sampleCodes({ count: 70, seed: 9 })).toEqual(codes);
    await open.dispose();
  });

  it('knows no gate, and no density of a code alone', () => {
    const context = { parameters, inputs: { x }, scalars: {}, training: false, emit() {} };
    expect(() => model.pass(context, { gate: {} as never })).toThrow('no gate is known');
    expect(() => model.prior!.density({ parameters })).toThrow('given their upper ones alone');
  });
});

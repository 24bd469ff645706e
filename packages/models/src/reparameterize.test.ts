import '@tensorflow/tfjs-backend-cpu';
import { createRandom, normalRows, Stream } from '@latentkit/core';
import { expectClose, expectGradientsClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { reparameterize } from './reparameterize.ts';

await tf.setBackend('cpu');

const shape: [number, number] = [3, 2];
const random = createRandom({ seed: 1, stream: Stream.sample });
const draw = () => Float64Array.from({ length: 6 }, () => Math.fround(random.normal()));
const [mean, logVar, noise, upstream] = [draw(), draw(), draw(), draw()] as const;
const tensor = (numbers: Float64Array) => tf.tensor2d(Float32Array.from(numbers), shape);

it('is mean + exp(logVar / 2) noise', () => {
  const z = reparameterize(tensor(mean), tensor(logVar), tensor(noise));
  expect(z.shape).toEqual(shape);
  expectClose(
    z.dataSync(),
    mean.map((m, i) => m + Math.exp(logVar[i]! / 2) * noise[i]!),
  );
});

it('has the gradients of the finite differences in mean and logVar', () => {
  const gradients = tf.grads((m, v) => reparameterize(m as tf.Tensor2D, v as tf.Tensor2D, tensor(noise)))(
    [tensor(mean), tensor(logVar)],
    tensor(upstream),
  );
  expectGradientsClose(
    gradients.map((gradient) => gradient.dataSync()),
    ([m, v]) =>
      m!.reduce((sum, value, i) => sum + (value + Math.exp(v![i]! / 2) * noise[i]!) * upstream[i]!, 0),
    [mean, logVar],
    { names: ['mean', 'logVar'] },
  );
});

it('samples the distribution that the code describes', () => {
  const count = 20_000;
  const samples = reparameterize(
    tf.fill([count, 1], 3),
    tf.fill([count, 1], Math.log(0.25)),
    tf.tensor2d(normalRows(count, 1, { seed: 5, stream: Stream.latentNoise }), [count, 1]),
  ).dataSync() as Float32Array;
  const average = samples.reduce((sum, value) => sum + value, 0) / count;
  const variance = samples.reduce((sum, value) => sum + (value - average) ** 2, 0) / count;
  expectClose([average, variance], [3, 0.25], { absolute: 0.015, relative: 0 });
});

it('is the mean where the variance vanishes', () => {
  const z = reparameterize(tensor(mean), tf.fill(shape, -200), tensor(noise));
  expectClose(z.dataSync(), mean, { absolute: 0, relative: 1e-6 });
});

it('leaves no tensors behind', () => {
  const tensors = [tensor(mean), tensor(logVar), tensor(noise)] as const;
  const before = tf.memory().numTensors;
  reparameterize(...tensors).dispose();
  const evaluate = (m: tf.Tensor, v: tf.Tensor) =>
    reparameterize(m as tf.Tensor2D, v as tf.Tensor2D, tensors[2]);
  tf.dispose(tf.grads(evaluate)([tensors[0], tensors[1]], tensors[2]));
  expect(tf.memory().numTensors).toBe(before);
});

it('refuses shapes that would broadcast', () => {
  const [m, v] = [tensor(mean), tensor(logVar)];
  const call = (noise: tf.Tensor2D) => () => reparameterize(m, v, noise);
  expect(call(tf.zeros([1, 2]))).toThrow(
    'reparameterize: mean, logVar and noise must have the same shape, got [3, 2], [3, 2], [1, 2]',
  );
  expect(call(tf.zeros([3, 1]))).toThrow(/got \[3, 2\], \[3, 2\], \[3, 1\]/);
});

import '@tensorflow/tfjs-backend-cpu';
import { sizeOfShape } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { parametersToTensors } from '../parameters.ts';
import { checkWeights } from './check-weights.ts';

const shapes = { 'a.kernel': [2, 3], 'a.bias': [3], scale: [] };
const weights = Object.fromEntries(
  Object.entries(shapes).map(([name, shape]) => [
    name,
    { shape, data: new Float32Array(sizeOfShape(shape)) },
  ]),
);

it('lets weights of the same names and shapes pass, in any order', () => {
  checkWeights('here', weights, shapes);
  checkWeights('here', Object.fromEntries(Object.entries(weights).reverse()), shapes);
});

it.each([
  ['a missing one', { ...weights, scale: undefined }, "here: expected 'scale' to be [], got none"],
  [
    'one too many',
    { ...weights, other: { shape: [1], data: new Float32Array(1) } },
    "expected 'other' to be none, got [1]",
  ],
  [
    'a transposed one',
    { ...weights, 'a.kernel': { shape: [3, 2], data: new Float32Array(6) } },
    "'a.kernel' to be [2, 3], got [3, 2]",
  ],
  [
    'more numbers than the shape has',
    { ...weights, 'a.bias': { shape: [3], data: new Float32Array(4) } },
    "expected 3 numbers for 'a.bias' of [3], got 4",
  ],
])('refuses %s', (_, wrong, message) => {
  const call = () => checkWeights('here', wrong as typeof weights, shapes);
  expect(call).toThrow(message);
  expect(call).toThrow(expect.objectContaining({ code: 'E_SHAPE' }));
});

it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses weights that hold %s', (value) => {
  const data = Float32Array.of(0, 0, value, 0, 0, 0);
  const call = () => checkWeights('here', { ...weights, 'a.kernel': { shape: [2, 3], data } }, shapes);
  expect(call).toThrow(expect.objectContaining({ code: 'E_NOT_FINITE' }));
  expect(call).toThrow(`here: 'a.kernel' holds ${value} at index 2`);
});

it('refuses tensors in the place of arrays, and says what makes arrays of them', async () => {
  await tf.setBackend('cpu');
  const tensors = parametersToTensors(weights) as unknown as typeof weights;
  for (const call of [() => checkWeights('here', tensors, shapes), () => parametersToTensors(tensors)]) {
    expect(call).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
    expect(call).toThrow(/'a\.kernel' as \{ shape, data: Float32Array \}, got a tensor.*/);
  }
});

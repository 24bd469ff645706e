import { generateDigits } from '@latentkit/datasets';
import { expect, test } from 'vitest';
import { benchModels, benchRows, filterRows, ZERO_SHARE } from './bench-rows.ts';

const namesOf = (text?: string) => filterRows(benchRows(), text).map(({ name }) => name);

test('the rows are steps, codes, images and products', () => {
  expect(namesOf()).toEqual([
    ...['train-step/keras-dense', 'train-step/keras-conv'],
    ...['encode/keras-dense', 'encode/keras-conv', 'decode/keras-dense', 'decode/keras-conv'],
    ...['gemm/256x512x784', 'gemm/512x512x512', 'gemm/1024x1024x1024'],
  ]);
});

test('what a step skips is the zeros of its first dense layer, twice', () => {
  const [dense, conv] = filterRows(benchRows(), 'train-step');
  expect(dense!.skippedFlop).toBe(ZERO_SHARE * 2 * 256 * 2 * 784 * 512);
  expect(conv!.skippedFlop).toBe(0);
  const { images } = generateDigits({ count: 1000, seed: 0 });
  expect(images.filter((byte) => byte === 0).length / images.length).toBeCloseTo(ZERO_SHARE, 2);
});

test('a filter is any part of a name', () => {
  expect(namesOf('conv')).toEqual(['train-step/keras-conv', 'encode/keras-conv', 'decode/keras-conv']);
  expect(namesOf('gemm/256')).toEqual(['gemm/256x512x784']);
});

test('a filter that fits nothing says what there is', () => {
  expect(() => namesOf('cnn')).toThrow("no row's name holds 'cnn'. Rows: train-step/keras-dense, ");
});

test('the models are those of the recipes', () => {
  expect(benchModels()['keras-dense']).toMatchObject({
    ...{ batchSize: 256, learningRate: 1e-3, beta: 0.5, parameters: 807_700 },
    optimizer: { name: 'adam', epsilon: 1e-7 },
  });
  expect(benchModels()['keras-conv']).toMatchObject({
    ...{ batchSize: 128, learningRate: 1e-3, beta: 1, parameters: 134_165 },
    optimizer: { name: 'adamax', epsilon: 1e-7 },
  });
});

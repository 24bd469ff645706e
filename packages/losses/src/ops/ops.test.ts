import '@tensorflow/tfjs-backend-cpu';
import { createRandom, Stream, sizeOfShape } from '@latentkit/core';
import { expectClose, expectGradientsClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  add,
  createGate,
  logSumExp,
  multiply,
  reshape,
  scale,
  select,
  softmax,
  stopGradient,
  straightThrough,
  subtract,
  sum,
} from './index.ts';

type Numbers = readonly Float64Array[];

const random = createRandom({ seed: 7, stream: Stream.sample });
const draw = (shape: readonly number[]) =>
  Float64Array.from({ length: sizeOfShape(shape) }, () => Math.fround(random.normal()));

/** `[3, 4]` by columns. */
const columns = [0, 1, 2, 3].map((column) => [0, 1, 2].map((row) => 4 * row + column));

function logSumExps(x: Float64Array): number[] {
  return columns.map((places) => Math.log(places.reduce((total, i) => total + Math.exp(x[i]!), 0)));
}

/** Each operation beside the same in float64 from the definition. */
const rows: {
  name: string;
  shapes: number[][];
  evaluate: (...tensors: tf.Tensor[]) => tf.Tensor;
  oracle: (numbers: Numbers) => number[];
}[] = [
  {
    name: 'add, of a column and a matrix',
    shapes: [
      [3, 1],
      [3, 4],
    ],
    evaluate: (a, b) => add(a!, b!),
    oracle: ([a, b]) => [...b!].map((value, i) => a![Math.floor(i / 4)]! + value),
  },
  {
    name: 'subtract, of a matrix and a row without its first dimension',
    shapes: [[3, 4], [4]],
    evaluate: (a, b) => subtract(a!, b!),
    oracle: ([a, b]) => [...a!].map((value, i) => value - b![i % 4]!),
  },
  {
    name: 'multiply, repeated on both sides',
    shapes: [
      [3, 1, 2],
      [1, 4, 2],
    ],
    evaluate: (a, b) => multiply(a!, b!),
    oracle: ([a, b]) =>
      Array.from({ length: 24 }, (_, i) => a![2 * Math.floor(i / 8) + (i % 2)]! * b![i % 8]!),
  },
  {
    name: 'scale',
    shapes: [[5]],
    evaluate: (x) => scale(x!, -0.5),
    oracle: ([x]) => [...x!].map((value) => -0.5 * value),
  },
  {
    name: 'reshape',
    shapes: [[2, 3]],
    evaluate: (x) => reshape(x!, [3, 2]),
    oracle: ([x]) => [...x!],
  },
  {
    name: 'sum, of the first axis',
    shapes: [[3, 4]],
    evaluate: (x) => sum(x!, 0),
    oracle: ([x]) => columns.map((places) => places.reduce((total, i) => total + x![i]!, 0)),
  },
  {
    name: 'logSumExp, of the first axis',
    shapes: [[3, 4]],
    evaluate: (x) => logSumExp(x!, 0),
    oracle: ([x]) => logSumExps(x!),
  },
  {
    name: 'softmax, of the first axis',
    shapes: [[3, 4]],
    evaluate: (x) => softmax(x!, 0),
    oracle: ([x]) => {
      const logs = logSumExps(x!);
      return [...x!].map((value, i) => Math.exp(value - logs[i % 4]!));
    },
  },
  {
    name: 'select',
    shapes: [[2, 3]],
    evaluate: (x) => select(x!, [2, 0, 2]),
    oracle: ([x]) => [2, 0, 2, 5, 3, 5].map((i) => x![i]!),
  },
];

describe.each(rows)('$name', ({ shapes, evaluate, oracle }) => {
  const point = shapes.map(draw);
  const tensors = point.map((numbers, i) => tf.tensor(Float32Array.from(numbers), shapes[i]!));

  it('is what the definition says', () => {
    expectClose(evaluate(...tensors).dataSync(), oracle(point), { absolute: 1e-6 });
  });

  it('has the gradients of the finite differences, and leaves no tensors behind', () => {
    const value = evaluate(...tensors);
    const upstream = draw(value.shape);
    const dy = tf.tensor(Float32Array.from(upstream), value.shape);
    const before = tf.memory().numTensors;
    const gradients = tf.grads(evaluate)(tensors, dy);
    expect(tf.memory().numTensors).toBe(before + tensors.length);
    expect(gradients.map(({ shape }) => shape)).toEqual(shapes);
    expectGradientsClose(
      gradients.map((gradient) => gradient.dataSync()),
      (varied) => oracle(varied).reduce((total, number, i) => total + number * upstream[i]!, 0),
      point,
      { names: shapes.map(String) },
    );
  });
});

it('logSumExp does not overflow, nor does softmax', () => {
  expectClose(logSumExp(tf.tensor1d([1000, 1000])).dataSync(), [1000 + Math.log(2)]);
  expectClose(softmax(tf.tensor1d([-1000, 1000])).dataSync(), [0, 1]);
});

it('stopGradient lets numbers through, and no gradient', () => {
  const x = tf.tensor1d([3, -2]);
  const { value, grad } = tf.valueAndGrad((v) => multiply(v, stopGradient(v)))(x);
  expectClose(value.dataSync(), [9, 4]);
  expectClose(grad.dataSync(), [3, -2]);
});

it('straightThrough has the numbers of one tensor and the gradient of the other', () => {
  const x = tf.tensor1d([3, -2]);
  const { value, grad } = tf.valueAndGrad((v) => multiply(straightThrough(v, tf.step(v)), v))(x);
  expectClose(value.dataSync(), [3, 0]);
  expectClose(grad.dataSync(), [1 + 3, 0 - 2]); // the step's value, and x for the upstream gradient
});

it('a gate multiplies the gradient of each row by what it is told on the way back', () => {
  const gate = createGate();
  const x = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  const gradient = tf.grad((v) => {
    const passed = gate.through(v);
    gate.tell(tf.keep(tf.tensor1d([10, -1])));
    return scale(passed, 3);
  })(x);
  expectClose(gradient.dataSync(), [30, 30, -3, -3]);
  const untold = () => tf.grad((v) => createGate().through(v))(x);
  expect(untold).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
});

it('select refuses columns that are not there', () => {
  expect(() => select(tf.zeros([2, 3]), [3])).toThrow('select: expected columns from 0 to 2, got 3');
  expect(() => select(tf.zeros([3]), [0])).toThrow('select: expected [rows, columns], got [3]');
});

import { createRandom, Stream, sizeOfShape } from '@latentkit/core';
import { expectClose, expectGradientsClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

type Numbers = readonly Float64Array[];

/**
 * Holds a function of tensors against its formula in float64 at a drawn point: value, gradients by finite differences, and
 * no tensor left behind.
 */
export function expectTerm(
  evaluate: (...tensors: tf.Tensor[]) => tf.Tensor,
  oracle: (numbers: Numbers) => number[],
  shapes: readonly (readonly number[])[],
): void {
  const random = createRandom({ seed: 11, stream: Stream.sample });
  const draw = (shape: readonly number[]) =>
    Float64Array.from({ length: sizeOfShape(shape) }, () => Math.fround(random.normal()));
  const point = shapes.map(draw);
  const tensors = point.map((numbers, i) => tf.tensor(Float32Array.from(numbers), [...shapes[i]!]));
  const value = evaluate(...tensors);
  expectClose(value.dataSync(), oracle(point), { absolute: 2e-6 });
  const upstream = draw(value.shape);
  const dy = tf.tensor(Float32Array.from(upstream), value.shape);
  const before = tf.memory().numTensors;
  const gradients = tf.grads(evaluate)(tensors, dy);
  expect(tf.memory().numTensors - before, 'tensors left behind').toBe(tensors.length);
  expect(gradients.map(({ shape }) => shape)).toEqual(shapes);
  expectGradientsClose(
    gradients.map((gradient) => gradient.dataSync()),
    (varied) => oracle(varied).reduce((total, number, i) => total + number * upstream[i]!, 0),
    point,
    { names: shapes.map((_, i) => `argument ${i}`), absolute: 2e-5 },
  );
}

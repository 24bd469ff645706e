import type { GradConfig, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { gradientOf, isAbove, isAtMost, ofEach, unbroadcast } from './gradient.ts';

/** Of an operation on two tensors with broadcasting: factors of `dy`, each summed over what was repeated. */
function ofBoth(
  kernelName: string,
  factors: (a: Tensor, b: Tensor) => readonly [a: (dy: Tensor) => Tensor, b: (dy: Tensor) => Tensor],
): GradConfig {
  return gradientOf(kernelName, { inputs: ['a', 'b'] }, (dy, [a, b]) => {
    const [ofA, ofB] = factors(a!, b!);
    return { a: () => unbroadcast(ofA(dy), a!.shape), b: () => unbroadcast(ofB(dy), b!.shape) };
  });
}

/** Of a function of each number: its slope, from the input. */
const fromInput = <Attributes>(kernelName: string, slope: (x: Tensor, attributes: Attributes) => Tensor) =>
  gradientOf<Attributes>(kernelName, { inputs: ['x'] }, (dy, [x], attributes) => ({
    x: () => tf.mul(dy, slope(x!, attributes)),
  }));

/** The same from the output, where that takes less. */
const fromOutput = (kernelName: string, slope: (y: Tensor) => Tensor) =>
  gradientOf(kernelName, { output: true }, (dy, [y]) => ({ x: () => tf.mul(dy, slope(y!)) }));

const flat = (kernelName: string) => gradientOf(kernelName, {}, (dy) => ({ x: () => tf.mul(dy, 0) }));

export const elementwiseGradients: readonly GradConfig[] = [
  ofBoth(tf.Add, () => [(dy) => dy, (dy) => dy]),
  ofBoth(tf.Sub, () => [(dy) => dy, (dy) => tf.neg(dy)]),
  ofBoth(tf.Multiply, (a, b) => [(dy) => tf.mul(dy, b), (dy) => tf.mul(dy, a)]),
  ofBoth(tf.RealDiv, (a, b) => [(dy) => tf.div(dy, b), (dy) => tf.neg(tf.div(tf.mul(dy, a), tf.square(b)))]),
  // Where both are equal, the first has it all, as in tfjs.
  ofBoth(tf.Maximum, (a, b) => [
    (dy) => tf.mul(dy, isAtMost(tf.sub(b, a))),
    (dy) => tf.mul(dy, isAbove(tf.sub(b, a))),
  ]),
  ofBoth(tf.Minimum, (a, b) => [
    (dy) => tf.mul(dy, isAtMost(tf.sub(a, b))),
    (dy) => tf.mul(dy, isAbove(tf.sub(a, b))),
  ]),
  ofBoth(tf.SquaredDifference, (a, b) => [
    (dy) => tf.mul(dy, tf.mul(tf.sub(a, b), 2)),
    (dy) => tf.mul(dy, tf.mul(tf.sub(b, a), 2)),
  ]),
  ofBoth(tf.Pow, (a, b) => [
    (dy) => tf.mul(dy, tf.mul(b, tf.pow(a, tf.sub(b, 1)))),
    (dy) => tf.mul(dy, tf.mul(tf.pow(a, b), tf.where(tf.greater(a, 0), tf.log(a), tf.zerosLike(a)))),
  ]),
  gradientOf(tf.AddN, { inputs: 'all' }, (dy, all) => ofEach(all.length, () => tf.clone(dy))),
  fromInput(tf.Abs, (x) => tf.sign(x)),
  fromInput(tf.ClipByValue, (x, { clipValueMin, clipValueMax }: tf.ClipByValueAttrs) =>
    tf.mul(isAtMost(tf.sub(clipValueMin, x)), isAtMost(tf.sub(x, clipValueMax))),
  ),
  fromInput(tf.Cos, (x) => tf.neg(tf.sin(x))),
  fromOutput(tf.Elu, (y) => tf.add(tf.minimum(y, 0), 1)),
  fromOutput(tf.Exp, (y) => y),
  fromInput(tf.Expm1, (x) => tf.exp(x)),
  fromInput(tf.LeakyRelu, (x, { alpha }: tf.LeakyReluAttrs) => tf.step(x, alpha)),
  fromInput(tf.Log, (x) => tf.reciprocal(x)),
  fromInput(tf.Log1p, (x) => tf.reciprocal(tf.add(x, 1))),
  gradientOf(tf.Neg, {}, (dy) => ({ x: () => tf.neg(dy) })),
  fromOutput(tf.Reciprocal, (y) => tf.neg(tf.square(y))),
  fromOutput(tf.Relu, (y) => tf.step(y)),
  fromInput(tf.Relu6, (x) => tf.mul(isAbove(x), isAtMost(tf.sub(x, 6)))),
  fromOutput(tf.Rsqrt, (y) => tf.mul(tf.mul(y, tf.square(y)), -0.5)),
  fromOutput(tf.Sigmoid, (y) => tf.mul(y, tf.sub(1, y))),
  flat(tf.Sign),
  fromInput(tf.Sin, (x) => tf.cos(x)),
  fromInput(tf.Softplus, (x) => tf.sigmoid(x)),
  fromOutput(tf.Sqrt, (y) => tf.div(0.5, y)),
  fromInput(tf.Square, (x) => tf.mul(x, 2)),
  flat(tf.Step),
  fromOutput(tf.Tanh, (y) => tf.sub(1, tf.square(y))),
];

import { sizeOfShape } from '@latentkit/core';
import type {
  BinaryOperation as BinaryOperator,
  UnaryOperation as UnaryOperator,
} from '@latentkit/kernels/nn';
import * as tf from '@tensorflow/tfjs-core';
import { broadcastLevels } from './broadcast.ts';
import { defineLowering, type Lowering } from './lowering.ts';

const UNARY: readonly [string, UnaryOperator][] = [
  [tf.Abs, 'abs'],
  [tf.Exp, 'exp'],
  [tf.Expm1, 'expm1'],
  [tf.LeakyRelu, 'leakyRelu'],
  [tf.Log, 'log'],
  [tf.Log1p, 'log1p'],
  [tf.Neg, 'neg'],
  [tf.Reciprocal, 'reciprocal'],
  [tf.Relu, 'relu'],
  [tf.Sigmoid, 'sigmoid'],
  [tf.Sign, 'sign'],
  [tf.Softplus, 'softplus'],
  [tf.Sqrt, 'sqrt'],
  [tf.Square, 'square'],
  [tf.Step, 'step'],
  [tf.Tanh, 'tanh'],
];

const BINARY: readonly [string, BinaryOperator][] = [
  [tf.Add, 'add'],
  [tf.Maximum, 'maximum'],
  [tf.Minimum, 'minimum'],
  [tf.Multiply, 'mul'],
  [tf.RealDiv, 'div'],
  [tf.SquaredDifference, 'squaredDifference'],
  [tf.Sub, 'sub'],
];

const isFloat = ({ dtype }: tf.TensorInfo) => dtype === 'float32';

function unaryLowering([kernelName, operator]: readonly [string, UnaryOperator]): Lowering {
  return defineLowering<{ x: tf.TensorInfo }, { alpha?: number }>(kernelName, ({ x }, { alpha = 0 }) =>
    isFloat(x)
      ? {
          operation: { kind: 'unary', operator, count: sizeOfShape(x.shape), alpha },
          inputs: [x],
          shape: x.shape,
        }
      : undefined,
  );
}

function binaryLowering([kernelName, operator]: readonly [string, BinaryOperator]): Lowering {
  return defineLowering<{ a: tf.TensorInfo; b: tf.TensorInfo }, object>(kernelName, ({ a, b }) => {
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const levels = broadcastLevels(a.shape, b.shape, shape);
    if (!isFloat(a) || !isFloat(b) || !levels) return undefined;
    return { operation: { kind: 'binary', operator, ...levels }, inputs: [a, b], shape };
  });
}

const clipLowering = defineLowering<{ x: tf.TensorInfo }, { clipValueMin: number; clipValueMax: number }>(
  tf.ClipByValue,
  ({ x }, { clipValueMin: low, clipValueMax: high }) =>
    isFloat(x)
      ? {
          operation: { kind: 'clip', count: sizeOfShape(x.shape), low, high },
          inputs: [x],
          shape: x.shape,
        }
      : undefined,
);

const fillLowering = defineLowering<object, { shape: number[]; value: number | string; dtype?: tf.DataType }>(
  tf.Fill,
  (_, { shape, value, dtype = 'float32' }) =>
    dtype === 'float32' && typeof value === 'number'
      ? { operation: { kind: 'fill', count: sizeOfShape(shape), value }, inputs: [], shape }
      : undefined,
);

/** tfjs's elementwise kernels, done by ours: the same bits at once, recorded, and on any number of threads. */
export const elementwiseKernels: readonly Lowering[] = [
  ...UNARY.map(unaryLowering),
  ...BINARY.map(binaryLowering),
  clipLowering,
  fillLowering,
];

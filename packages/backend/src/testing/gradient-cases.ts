import * as tf from '@tensorflow/tfjs-core';

/** Operations on tensors of these shapes, of which each has a gradient. */
export interface GradientCase {
  readonly shapes: readonly (readonly number[])[];
  compute(...tensors: tf.Tensor[]): tf.Tensor;
  /** Numbers are made positive first: for logarithms and roots. */
  readonly positive?: true;
  /** tfjs kernels that cannot be recorded, by name. */
  readonly refused?: string;
}

const pair = [
  [3, 1, 4],
  [2, 4],
] as const;
const both = (compute: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): GradientCase => ({
  shapes: pair,
  compute: (a, b) => compute(a!, b!),
});
const each = (compute: (x: tf.Tensor) => tf.Tensor, more: Partial<GradientCase> = {}): GradientCase => ({
  shapes: [[3, 2, 4]],
  compute: (x) => compute(x!),
  ...more,
});
const positive = { positive: true } as const;
const refused = (name: string) => ({ refused: name });
const product = (shapes: GradientCase['shapes'], isA: boolean, isB: boolean, more = {}): GradientCase => ({
  shapes,
  compute: (a, b) => tf.matMul(a!, b!, isA, isB),
  ...more,
});
const images = (filter: number[]): GradientCase['shapes'] => [[3, 5, 4, 2], filter];

/** A row for each registered gradient, and for each way that it differs by attributes. */
export const GRADIENT_CASES: Readonly<Record<string, GradientCase>> = {
  add: both(tf.add),
  sub: both(tf.sub),
  mul: both(tf.mul),
  div: { ...both((a, b) => tf.div(a, tf.add(tf.square(b), 1))) },
  maximum: both(tf.maximum),
  minimum: both(tf.minimum),
  squaredDifference: both(tf.squaredDifference),
  pow: { ...both(tf.pow), ...positive, ...refused('Pow') },
  addN: {
    shapes: [
      [3, 4],
      [3, 4],
    ],
    compute: (a, b) => tf.addN([a!, b!, a!]),
    ...refused('AddN'),
  },
  abs: each(tf.abs),
  clipByValue: each((x) => tf.clipByValue(x, -0.4, 0.7)),
  cos: each(tf.cos, refused('Cos')),
  elu: each(tf.elu, refused('Elu')),
  exp: each(tf.exp),
  expm1: each(tf.expm1),
  leakyRelu: each((x) => tf.leakyRelu(x, 0.3)),
  log: each(tf.log, positive),
  log1p: each(tf.log1p, positive),
  neg: each(tf.neg),
  reciprocal: each(tf.reciprocal, positive),
  relu: each(tf.relu),
  relu6: each((x) => tf.relu6(tf.mul(x, 4)), refused('Relu6')),
  rsqrt: each(tf.rsqrt, { ...positive, ...refused('Rsqrt') }),
  sigmoid: each(tf.sigmoid),
  sign: each((x) => tf.mul(x, tf.sign(x))),
  sin: each(tf.sin, refused('Sin')),
  softplus: each(tf.softplus),
  sqrt: each(tf.sqrt, positive),
  square: each(tf.square),
  step: each((x) => tf.mul(x, tf.step(x, 0.5))),
  tanh: each(tf.tanh),
  'sum over rows': each((x) => tf.sum(x, 0)),
  'sum of everything': each((x) => tf.sum(x)),
  'mean over the middle': each((x) => tf.mean(x, 1)),
  'mean of everything': each((x) => tf.mean(x)),
  'max over rows': each((x) => tf.max(x, 0)),
  'max over the last two': each((x) => tf.max(x, [1, 2], true)),
  'min over the middle': each((x) => tf.min(x, 1), refused('Min')),
  softmax: each((x) => tf.softmax(x)),
  logSumExp: each((x) => tf.logSumExp(x, 1)),
  'matMul of two': product(
    [
      [3, 4],
      [4, 2],
    ],
    false,
    false,
  ),
  'matMul of a transpose': product(
    [
      [4, 3],
      [4, 2],
    ],
    true,
    false,
  ),
  'matMul with a transpose': product(
    [
      [3, 4],
      [2, 4],
    ],
    false,
    true,
  ),
  'matMul of two transposes': product(
    [
      [4, 3],
      [2, 4],
    ],
    true,
    true,
  ),
  'matMul of one with many': product(
    [
      [3, 4],
      [2, 4, 5],
    ],
    false,
    false,
    refused('BatchMatMul'),
  ),
  conv2d: {
    shapes: images([3, 2, 2, 3]),
    compute: (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'),
  },
  conv2dTranspose: {
    shapes: images([3, 2, 3, 2]),
    compute: (x, filter) =>
      tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, [3, 10, 8, 3], 2, 'same'),
  },
  depthwiseConv2d: {
    shapes: images([3, 2, 2, 3]),
    compute: (x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same'),
    ...refused('DepthwiseConv2dNative'),
  },
  maxPool: {
    shapes: [[3, 5, 4, 2]],
    compute: (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'same'),
    ...refused('MaxPool'),
  },
  reshape: each((x) => tf.reshape(x, [6, 4])),
  expandDims: each((x) => tf.expandDims(x, 1), refused('ExpandDims')),
  clone: each((x) => tf.clone(x)),
  cast: each((x) => tf.cast(x, 'float32')),
  concat: {
    shapes: [
      [3, 2, 4],
      [3, 5, 4],
    ],
    compute: (a, b) => tf.concat([a!, b!, a!], 1),
    ...refused('Concat'),
  },
  slice: each((x) => tf.slice(x, [1, 0, 2], [-1, 1, 2]), refused('Slice')),
  'gather of rows': each((x) => tf.gather(x, tf.tensor1d([2, 0, 2], 'int32')), refused('GatherV2')),
  'gather of columns': each(
    (x) => tf.gather(x, tf.tensor2d([3, 0, 3, 1], [2, 2], 'int32'), 2),
    refused('GatherV2'),
  ),
  transpose: each((x) => tf.transpose(x, [2, 0, 1]), refused('Transpose')),
  pad: each(
    (x) =>
      tf.pad(x, [
        [0, 1],
        [2, 0],
        [1, 1],
      ]),
    refused('PadV2'),
  ),
  tile: each((x) => tf.tile(x, [2, 1, 3]), refused('Tile')),
  stack: {
    shapes: [
      [3, 2],
      [3, 2],
    ],
    compute: (a, b) => tf.stack([a!, b!], 1),
    ...refused('Pack'),
  },
  unstack: each((x) => tf.mul(tf.unstack(x, 1)[1]!, tf.unstack(x, 1)[0]!), refused('Unpack')),
  split: each((x) => tf.mul(tf.split(x, 2, 1)[1]!, tf.split(x, 2, 1)[0]!), refused('SplitV')),
  where: each(
    (x) =>
      tf.where(
        tf.tensor3d(
          Array.from({ length: 24 }, (_, i) => i % 3),
          [3, 2, 4],
          'bool',
        ),
        x,
        tf.square(x),
      ),
    refused('Select'),
  ),
};

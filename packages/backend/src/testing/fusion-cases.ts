import type { NamedArrays } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';

type Tensors = Readonly<Record<string, tf.Tensor>>;

/** A computation, and the operations that it comes to once fused. */
export interface FusionCase {
  shapes(batch: number): Readonly<Record<keyof NamedArrays, readonly number[]>>;
  compute(inputs: Tensors): Record<string, tf.Tensor>;
  before: readonly string[];
  after: readonly string[];
}

const transposed = (x: tf.Tensor, filter: tf.Tensor) => {
  const [batch, height, width] = x.shape as [number, number, number];
  const shape: [number, number, number, number] = [batch, 2 * height, 2 * width, filter.shape[2]!];
  return tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, shape, 2, 'same');
};

/** The filter and the bias are made of inputs, so that they, too, are special numbers at times. */
const layer = (channels: number): Pick<FusionCase, 'shapes'> => ({
  shapes: (batch) => ({ x: [batch, 3, 2, 4], filter: [3, 3, channels, 4], bias: [channels] }),
});
const CONVOLUTION = 'convolveBackpropInput linear';
const rows: Pick<FusionCase, 'shapes'> = {
  shapes: (batch) => ({ l: [batch, 21], x: [batch, 21], upstream: [batch, 1] }),
};
const { add, mul, relu, leakyRelu, sigmoid, softplus, step, sub, sum } = tf;

const bernoulli = (l: tf.Tensor, a: tf.Tensor, b: tf.Tensor) =>
  add(sub(relu(l), mul(a, b)), softplus(tf.neg(tf.abs(l))));
const BERNOULLI = ['relu', 'mul', 'sub', 'abs', 'neg', 'softplus', 'add'];

/** What is fused, and what looks like it but must be left alone. */
export const FUSION_CASES: Readonly<Record<string, FusionCase>> = {
  'a bias': {
    ...layer(9),
    compute: ({ x, filter, bias }) => ({ y: add(transposed(x!, filter!), bias!) }),
    before: [CONVOLUTION, 'add'],
    after: [`${CONVOLUTION} bias`],
  },
  'a bias and ReLU': {
    ...layer(16),
    compute: ({ x, filter, bias }) => ({ y: relu(add(transposed(x!, filter!), bias!)) }),
    before: [CONVOLUTION, 'add', 'relu'],
    after: ['convolveBackpropInput relu bias'],
  },
  'a bias and LeakyReLU of few channels': {
    ...layer(3),
    compute: ({ x, filter, bias }) => ({ y: leakyRelu(add(transposed(x!, filter!), bias!), 0.3) }),
    before: [CONVOLUTION, 'add', 'leakyRelu'],
    after: ['convolveBackpropInput leakyRelu bias'],
  },
  'tanh stays': {
    ...layer(9),
    compute: ({ x, filter, bias }) => ({ y: tf.tanh(add(transposed(x!, filter!), bias!)) }),
    before: [CONVOLUTION, 'add', 'tanh'],
    after: [`${CONVOLUTION} bias`, 'tanh'],
  },
  'a sum that is read again': {
    ...layer(9),
    compute({ x, filter, bias }) {
      const z = add(transposed(x!, filter!), bias!);
      return { y: relu(z), again: tf.square(z) };
    },
    before: [CONVOLUTION, 'add', 'relu', 'square'],
    after: [`${CONVOLUTION} bias`, 'relu', 'square'],
  },
  'a product that is a result': {
    ...layer(9),
    compute({ x, filter, bias }) {
      const product = transposed(x!, filter!);
      return { product, y: add(product, bias!) };
    },
    before: [CONVOLUTION, 'add'],
    after: [CONVOLUTION, 'add'],
  },
  'a bias that is a row of pixels': {
    shapes: (batch) => ({ x: [batch, 3, 2, 4], filter: [3, 3, 9, 4], bias: [4, 9] }),
    compute: ({ x, filter, bias }) => ({ y: add(transposed(x!, filter!), bias!) }),
    before: [CONVOLUTION, 'add'],
    after: [CONVOLUTION, 'add'],
  },
  'gradients of activations': {
    ...rows,
    compute: ({ l, x }) => ({ relu: mul(l!, step(x!)), leaky: mul(step(x!, 0.2), l!) }),
    before: ['step', 'mul', 'step', 'mul'],
    after: ['activationGradient', 'activationGradient'],
  },
  'steps that are read again, or repeated': {
    ...rows,
    compute({ l, x, upstream }) {
      const slope = step(x!);
      return { both: mul(l!, slope), slope, twice: mul(x!, step(upstream!)) };
    },
    before: ['step', 'mul', 'step', 'mul'],
    after: ['step', 'mul', 'step', 'mul'],
  },
  'Bernoulli from logits': {
    ...rows,
    compute: ({ l, x }) => ({
      nll: sum(bernoulli(l!, l!, x!), 1),
      turned: sum(bernoulli(l!, x!, l!), 1),
    }),
    before: [...BERNOULLI, 'sum', ...BERNOULLI, 'sum'],
    after: ['bernoulliFromLogits', 'bernoulliFromLogits'],
  },
  'what is not Bernoulli from logits': {
    ...rows,
    compute({ l, x }) {
      const perPixel = bernoulli(l!, l!, x!);
      return { perPixel, nll: sum(perPixel, 1), other: sum(bernoulli(l!, x!, x!), 1) };
    },
    before: [...BERNOULLI, 'sum', ...BERNOULLI, 'sum'],
    after: [...BERNOULLI, 'sum', ...BERNOULLI, 'sum'],
  },
  'the gradient of Bernoulli': {
    ...rows,
    compute: ({ l, x, upstream }) => ({
      straight: mul(sub(sigmoid(l!), x!), upstream!),
      turned: mul(upstream!, sub(sigmoid(l!), x!)),
    }),
    before: ['sigmoid', 'sub', 'mul', 'sigmoid', 'sub', 'mul'],
    after: ['bernoulliBackprop', 'bernoulliBackprop'],
  },
  'what is not the gradient of Bernoulli': {
    ...rows,
    compute({ l, x, upstream }) {
      const output = sigmoid(l!);
      return { output, y: mul(sub(output, x!), upstream!), dense: mul(sub(sigmoid(x!), l!), l!) };
    },
    before: ['sigmoid', 'sub', 'mul', 'sigmoid', 'sub', 'mul'],
    after: ['sigmoid', 'sub', 'mul', 'sigmoid', 'sub', 'mul'],
  },
};

import type { TracedProgram } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';

type Tensors = Readonly<Record<string, tf.Tensor>>;
type Shapes = Readonly<Record<string, readonly number[]>>;

/** A program for batches of any size. */
export interface ProgramCase {
  parameters: Shapes;
  inputs(batch: number): Shapes;
  /** What it computes; a scalar named `loss` gets gradients. */
  compute(parameters: Tensors, inputs: Tensors): Record<string, tf.Tensor>;
}

/** A case as a program: its outputs, and the gradients of its loss if it has one. */
export function programOf(name: string, { compute }: ProgramCase): TracedProgram<tf.Tensor> {
  return {
    key: name,
    trace({ parameters, inputs }) {
      const names = Object.keys(parameters);
      let outputs: Record<string, tf.Tensor> = {};
      const run = (...tensors: tf.Tensor[]) => {
        const results = compute(Object.fromEntries(tensors.map((one, i) => [names[i]!, one])), inputs);
        outputs = Object.fromEntries(Object.entries(results).map(([key, one]) => [key, tf.keep(one)]));
        return outputs.loss as tf.Scalar;
      };
      const tensors = Object.values(parameters);
      if (!('loss' in tf.tidy(() => compute(parameters, inputs)))) {
        run(...tensors);
        return { outputs };
      }
      const gradients = tf.grads(run)(tensors);
      return { outputs, gradients: Object.fromEntries(names.map((key, i) => [key, gradients[i]!])) };
    },
  };
}

const meanSquare = (x: tf.Tensor) => tf.div(tf.sum(tf.square(x)), x.shape[0]!) as tf.Scalar;

/** Every operation that can be recorded, in every way that rows, sums over rows and parameters meet. */
export const PROGRAM_CASES: Readonly<Record<string, ProgramCase>> = {
  'a dense layer': {
    parameters: { weight: [5, 7], bias: [7] },
    inputs: (batch) => ({ x: [batch, 5] }),
    compute({ weight, bias }, { x }) {
      const y = tf.relu(tf.add(tf.matMul(x!, weight!), bias!));
      return { y, loss: meanSquare(y) };
    },
  },
  'two fused dense layers': {
    parameters: { first: [5, 7], bias: [7], second: [7, 3] },
    inputs: (batch) => ({ x: [batch, 5] }),
    compute({ first, bias, second }, { x }) {
      const [a, b] = [first as tf.Tensor2D, second as tf.Tensor2D];
      const h = tf.fused.matMul({ a: x as tf.Tensor2D, b: a, bias: bias!, activation: 'relu' });
      return { loss: meanSquare(tf.fused.matMul({ a: h, b })) };
    },
  },
  'a convolution': {
    parameters: { filter: [3, 3, 2, 4], bias: [4] },
    inputs: (batch) => ({ x: [batch, 6, 5, 2] }),
    compute({ filter, bias }, { x }) {
      const y = tf.add(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'), bias!);
      return { y, loss: meanSquare(y) };
    },
  },
  'a convolution by one number': {
    parameters: { filter: [1, 1, 1, 1] },
    inputs: (batch) => ({ x: [batch, 5, 5, 1] }),
    compute: ({ filter }, { x }) => ({
      loss: meanSquare(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same')),
    }),
  },
  'two transposed convolutions': {
    parameters: { first: [3, 3, 5, 4], second: [3, 3, 1, 5] },
    inputs: (batch) => ({ x: [batch, 3, 3, 4] }),
    compute({ first, second }, { x }) {
      const batch = x!.shape[0]!;
      const h = tf.conv2dTranspose(x as tf.Tensor4D, first as tf.Tensor4D, [batch, 6, 6, 5], 2, 'same');
      const y = tf.conv2dTranspose(tf.relu(h), second as tf.Tensor4D, [batch, 12, 12, 1], 2, 'same');
      return { y, loss: meanSquare(y) };
    },
  },
  'more images than examples': {
    parameters: { filter: [2, 2, 1, 2] },
    inputs: (batch) => ({ x: [batch, 3, 4, 4] }),
    compute({ filter }, { x }) {
      const images = tf.reshape(x!, [-1, 4, 4, 1]) as tf.Tensor4D;
      return { loss: meanSquare(tf.conv2d(images, filter as tf.Tensor4D, 1, 'valid')) };
    },
  },
  broadcasting: {
    parameters: { row: [4], scalar: [] },
    inputs: (batch) => ({ x: [batch, 4], column: [batch, 1], images: [batch, 3, 4] }),
    compute({ row, scalar }, { x, column, images }) {
      const [batch] = x!.shape as [number, number];
      const shifted = tf.add(tf.mul(tf.sub(x!, row!), scalar!), column!);
      const constants = tf.tensor1d(Array.from({ length: batch }, (_, i) => i / 3));
      return {
        shifted,
        reversed: tf.sub(column!, x!),
        byConstants: tf.mul(shifted, tf.reshape(constants, [batch, 1])),
        byMean: tf.div(x!, tf.sum(tf.square(x!), 1, true)),
        rows: tf.maximum(images!, row!),
        constant: tf.mul(tf.fill([batch, 4], 0.25), row!),
        loss: meanSquare(shifted),
      };
    },
  },
  sums: {
    parameters: { scale: [3, 4] },
    inputs: (batch) => ({ x: [batch, 3, 4] }),
    compute({ scale }, { x }) {
      const y = tf.mul(x!, scale!);
      return {
        all: tf.sum(y),
        overBatch: tf.sum(y, 0),
        ofExamples: tf.sum(y, [1, 2]),
        ofColumns: tf.sum(y, 1, true),
        ofRows: tf.sum(y, -1),
        overBatchAndRows: tf.sum(y, [0, 1]),
        ofParameters: tf.sum(scale!),
        loss: tf.div(tf.sum(tf.square(y)), 3),
      };
    },
  },
  'number by number': {
    parameters: {},
    inputs: (batch) => ({ x: [batch, 19] }),
    compute: (_, { x }) => ({
      clipped: tf.clipByValue(x!, -0.5, 0.5),
      logistic: tf.sigmoid(x!),
      softplus: tf.softplus(x!),
      leaky: tf.leakyRelu(x!, 0.1),
      exp: tf.exp(x!),
      root: tf.sqrt(tf.abs(x!)),
      zeros: tf.fill([3], 0.1),
    }),
  },
  'a learned scalar': {
    parameters: { logScale: [] },
    inputs: (batch) => ({ x: [batch, 6] }),
    compute({ logScale }, { x }) {
      const z = tf.div(x!, tf.exp(logScale!));
      const perExample = tf.add(tf.sum(tf.square(z), 1), tf.mul(logScale!, 6));
      return { perExample, loss: tf.div(tf.sum(perExample), x!.shape[0]!) };
    },
  },
  'a gradient bounded by the norm of all': {
    parameters: { weight: [5, 3], bias: [3] },
    inputs: (batch) => ({ x: [batch, 5] }),
    compute({ weight, bias }, { x }) {
      const y = tf.add(tf.matMul(x!, weight!), bias!);
      const bound = tf.sqrt(tf.sum(tf.square(tf.sum(y, 0))));
      return { bounded: tf.div(tf.mul(y, weight!.shape[0]!), tf.maximum(bound, 1)), loss: meanSquare(y) };
    },
  },
  'a softmax over the batch': {
    parameters: { weight: [5, 3] },
    inputs: (batch) => ({ x: [batch, 5] }),
    compute({ weight }, { x }) {
      const weights = tf.exp(tf.matMul(x!, weight!));
      const shares = tf.div(weights, tf.sum(weights, 0, true));
      return { shares, loss: meanSquare(shares) };
    },
  },
  'products of each example with each': {
    parameters: { weight: [5, 3] },
    inputs: (batch) => ({ x: [batch, 5] }),
    compute({ weight }, { x }) {
      const h = tf.matMul(x!, weight!);
      const kernel = tf.exp(tf.mul(tf.tanh(tf.matMul(h, h, false, true)), -0.1));
      return { kernel, gram: tf.matMul(h, h, true, false), loss: meanSquare(kernel) };
    },
  },
  'labels at every position': {
    parameters: { filter: [3, 3, 1, 4], condition: [5, 4] },
    inputs: (batch) => ({ x: [batch, 6, 5, 1], labels: [batch, 5] }),
    compute({ filter, condition }, { x, labels }) {
      const batch = x!.shape[0]!;
      const product = tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same');
      const shift = tf.reshape(tf.matMul(labels!, condition!), [batch, 1, 1, 4]);
      const y = tf.relu(tf.add(product, shift));
      return { y, loss: meanSquare(y) };
    },
  },
  'several codes an example, weighed by importance': {
    parameters: { first: [5, 3], second: [3, 4], bias: [4] },
    inputs: (batch) => ({ x: [batch, 5], noise: [batch, 7, 3] }),
    compute({ first, second, bias }, { x, noise }) {
      const batch = x!.shape[0]!;
      const mean = tf.matMul(x!, first!);
      const z = tf.add(tf.reshape(mean, [batch, 1, 3]), noise!);
      const rows = tf.reshape(z, [7 * batch, 3]);
      const decoded = tf.tanh(tf.add(tf.matMul(rows, second!), bias!));
      const target = tf.reshape(tf.mul(tf.reshape(x!, [batch, 1, 5]), tf.ones([1, 7, 1])), [7 * batch, 5]);
      const distance = tf.sub(tf.sum(tf.square(decoded), 1), tf.sum(tf.square(target), 1));
      const logWeights = tf.reshape(distance, [batch, 7]);
      const most = tf.max(logWeights, 1, true);
      const bound = tf.add(tf.log(tf.sum(tf.exp(tf.sub(logWeights, most)), 1, true)), most);
      return { z, target, logWeights, loss: tf.neg(tf.div(tf.sum(bound), batch)) };
    },
  },
  'several images an example': {
    parameters: { first: [3, 3, 2, 3], second: [3, 3, 2, 3] },
    inputs: (batch) => ({ x: [batch, 3, 4, 4, 2], shift: [batch, 1, 3] }),
    compute({ first, second }, { x, shift }) {
      const batch = x!.shape[0]!;
      const images = tf.reshape(x!, [3 * batch, 4, 4, 2]) as tf.Tensor4D;
      const h = tf.conv2d(images, first as tf.Tensor4D, 2, 'same');
      const moved = tf.relu(tf.add(tf.reshape(h, [batch, 12, 3]), shift!));
      const small = tf.reshape(moved, [3 * batch, 2, 2, 3]) as tf.Tensor4D;
      const y = tf.conv2dTranspose(small, second as tf.Tensor4D, [3 * batch, 4, 4, 2], 2, 'same');
      return { y, perExample: tf.sum(tf.reshape(y, [batch, -1]), 1), loss: meanSquare(y) };
    },
  },
  'each code under each posterior': {
    parameters: { weight: [4, 3], second: [4, 3] },
    inputs: (batch) => ({ x: [batch, 4], noise: [batch, 3] }),
    compute({ weight, second }, { x, noise }) {
      const batch = x!.shape[0]!;
      const mean = tf.matMul(x!, weight!);
      const logVar = tf.tanh(tf.matMul(x!, second!));
      const z = tf.add(mean, tf.mul(tf.exp(tf.mul(logVar, 0.5)), noise!));
      const difference = tf.sub(tf.reshape(z, [batch, 1, 3]), tf.reshape(mean, [1, batch, 3]));
      const spread = tf.reshape(logVar, [1, batch, 3]);
      const pairs = tf.neg(tf.add(tf.mul(tf.square(difference), tf.exp(tf.neg(spread))), spread));
      const logSumExp = (values: tf.Tensor) => {
        const most = tf.max(values, 1, true);
        return tf.add(tf.log(tf.sum(tf.exp(tf.sub(values, most)), 1, true)), most);
      };
      const joint = tf.reshape(logSumExp(tf.sum(pairs, 2)), [batch]);
      const marginals = tf.sum(tf.reshape(logSumExp(pairs), [batch, 3]), 1);
      return { joint, marginals, loss: tf.div(tf.sum(tf.sub(joint, marginals)), batch) };
    },
  },
  'codes under a mixture': {
    parameters: { weight: [4, 3], mean: [5, 3], logVar: [5, 3] },
    inputs: (batch) => ({ x: [batch, 4] }),
    compute({ weight, mean, logVar }, { x }) {
      const batch = x!.shape[0]!;
      const z = tf.reshape(tf.matMul(x!, weight!), [batch, 1, 3]);
      const difference = tf.sub(z, tf.reshape(mean!, [1, 5, 3]));
      const scaled = tf.mul(tf.square(difference), tf.reshape(tf.exp(tf.neg(logVar!)), [1, 5, 3]));
      const logDensities = tf.mul(tf.sum(tf.add(scaled, tf.reshape(logVar!, [1, 5, 3])), 2), -0.5);
      const shares = tf.softmax(logDensities);
      return { shares, loss: tf.mean(tf.log(tf.sum(tf.exp(logDensities), 1))) };
    },
  },
  'likeness of codes and draws': {
    parameters: { weight: [4, 3] },
    inputs: (batch) => ({ x: [batch, 4], draws: [batch, 3] }),
    compute({ weight }, { x, draws }) {
      const batch = x!.shape[0]!;
      const z = tf.matMul(x!, weight!);
      const likeness = (a: tf.Tensor, b: tf.Tensor) => {
        const squares = tf.add(
          tf.sum(tf.square(a), 1, true),
          tf.reshape(tf.sum(tf.square(b), 1), [1, batch]),
        );
        const distances = tf.relu(tf.sub(squares, tf.mul(tf.matMul(a, b, false, true), 2)));
        return tf.div(4, tf.add(distances, 4));
      };
      const own = tf.mean(likeness(z, z));
      return { own, loss: tf.sub(own, tf.mul(tf.mean(likeness(z, draws!)), 2)) };
    },
  },
  'maxima and means': {
    parameters: { scale: [3, 4] },
    inputs: (batch) => ({ x: [batch, 3, 4] }),
    compute({ scale }, { x }) {
      const y = tf.mul(x!, scale!);
      return {
        all: tf.max(y),
        overBatch: tf.max(y, 0),
        ofExamples: tf.max(y, [1, 2]),
        ofColumns: tf.max(y, 1, true),
        meanOverBatch: tf.mean(y, 0),
        meanOfColumns: tf.mean(y, 1, true),
        softmaxOfRows: tf.softmax(y),
        loss: tf.mean(tf.square(tf.sub(y, tf.max(y, 2, true)))),
      };
    },
  },
  'columns chosen by a product': {
    parameters: { weight: [4, 3] },
    inputs: (batch) => ({ x: [batch, 4] }),
    compute({ weight }, { x }) {
      const chosen = tf.matMul(tf.matMul(x!, weight!), tf.tensor2d([0, 1, 0, 0, 1, 0], [3, 2]));
      const largest = tf.sub(1, tf.step(tf.sub(tf.max(chosen, 1, true), chosen)));
      return { chosen, largest, loss: meanSquare(tf.mul(chosen, largest)) };
    },
  },
  'results that are given': {
    parameters: { weight: [3, 2], unused: [4] },
    inputs: (batch) => ({ x: [batch, 3] }),
    compute({ weight }, { x }) {
      const square = tf.mul(x!, x!);
      return {
        x: x!,
        flat: tf.reshape(x!, [-1]),
        weight: weight!,
        constant: tf.tensor1d([1, 2, 3]),
        square,
        again: tf.reshape(square, [-1, 1]),
      };
    },
  },
  'noise of no numbers': {
    parameters: { weight: [3, 3] },
    inputs: (batch) => ({ x: [batch, 3], noise: [batch, 0] }),
    compute({ weight }, { x, noise }) {
      const y = tf.matMul(x!, weight!);
      return { y, doubled: tf.mul(noise!, 2), none: tf.sum(noise!, 1), loss: meanSquare(y) };
    },
  },
};

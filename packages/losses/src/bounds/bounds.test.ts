import '@tensorflow/tfjs-backend-cpu';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createGate, multiply, reshape, sum } from '../ops/index.ts';
import { expectTerm } from '../testing/expect-terms.ts';
import { capacity } from './capacity.ts';
import { freeBits } from './free-bits.ts';
import { importanceWeighted } from './importance-weighted.ts';

const logMeanExp = (values: number[]) =>
  Math.log(values.reduce((total, value) => total + Math.exp(value), 0) / values.length);

describe('freeBits', () => {
  it('is the sum of what each dimension has on average, or the floor, with its gradient', () => {
    expectTerm(
      (kl) => freeBits(kl!, 0.25),
      ([kl]) => [[0, 1, 2].reduce((total, d) => total + Math.max((kl![d]! + kl![3 + d]!) / 2, 0.25), 0)],
      [[2, 3]],
    );
    expectClose(
      freeBits(
        tf.tensor2d([
          [0.1, 2],
          [0.3, 4],
        ]),
        0.5,
      ).dataSync(),
      [0.5 + 3],
    );
  });

  it('refuses other shapes and nats below zero', () => {
    expect(() => freeBits(tf.zeros([3]), 1)).toThrow('freeBits: expected [batch, latent]');
    expect(() => freeBits(tf.zeros([3, 1]), -1)).toThrow(
      'nats must be a finite number of at least 0, got -1',
    );
  });
});

it('capacity is the distance from the nats asked for, with its gradient', () => {
  expectTerm(
    (kl) => capacity(kl!, tf.scalar(0.5)),
    ([kl]) => [...kl!].map((value) => Math.abs(value - 0.5)),
    [[5]],
  );
  expect(() => capacity(tf.zeros([2]), tf.zeros([2]) as unknown as tf.Scalar)).toThrow(
    'nats must be a scalar',
  );
});

describe('importanceWeighted', () => {
  it('is minus the log of the mean weight, with its gradient', () => {
    expectTerm(
      (weights) => importanceWeighted(weights!),
      ([weights]) => [0, 1].map((row) => -logMeanExp([...weights!.slice(3 * row, 3 * row + 3)])),
      [[2, 3]],
    );
  });

  it('does not overflow, and is the weight itself of one sample', () => {
    expectClose(importanceWeighted(tf.tensor2d([[-2000, -2000]])).dataSync(), [2000]);
    expectClose(importanceWeighted(tf.tensor2d([[-7], [3]])).dataSync(), [7, -3]);
  });

  it('has a gradient of the weights squared through a gate', () => {
    // log w = -z^2 / 2: the gradient of -log mean w is w~ z, and w~^2 z through the gate.
    const z = tf.tensor2d([[0.5], [-1], [2]]);
    const bound = (gate = createGate()) =>
      tf.grad((v) => {
        const rows = gate.through(v);
        return importanceWeighted(
          reshape(multiply(sum(multiply(rows, rows)), tf.scalar(-0.5)), [1, 3]),
          gate,
        );
      })(z);
    const powers = [0.5, -1, 2].map((value) => Math.exp(-(value ** 2) / 2));
    const total = powers.reduce((a, b) => a + b, 0);
    expectClose(
      bound().dataSync(),
      [0.5, -1, 2].map((value, i) => (powers[i]! / total) ** 2 * value),
    );
  });

  it('refuses other shapes', () => {
    expect(() => importanceWeighted(tf.zeros([3]))).toThrow('expected [batch, samples]');
  });
});

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyRule, createOptimizer, type OptimizerSpec } from '../optimizers/create-optimizer.ts';
import type { UpdatePosition } from '../optimizers/optimizer.ts';

/** One parameter's path by PyTorch, in float64; written by fixtures/make_optimizers.py. */
interface TorchPaths {
  readonly learningRate: number;
  readonly start: number[];
  readonly gradients: number[][];
  readonly cases: { readonly spec: OptimizerSpec; readonly parameters: number[][] }[];
}

const fixture = new URL('../../fixtures/optimizers.json', import.meta.url);
const torch: TorchPaths = JSON.parse(readFileSync(fixture, 'utf8'));

/** The formula of an update for a single number, in float64: remembers what it needs. */
export type OptimizerOracle = (parameter: number, gradient: number, rate: number, step: number) => number;

/**
 * The contract of an optimizer: the path of its formula, PyTorch's path, and a pure update. On tfjs's cpu backend.
 */
export function describeOptimizer(spec: OptimizerSpec, createOracle: () => OptimizerOracle): void {
  const optimizer = createOptimizer(spec);

  const move = (parameter: tf.Tensor, gradient: tf.Tensor, slots: tf.Tensor[], position: UpdatePosition) => {
    const { rule } = optimizer;
    const moved = applyRule(
      { rule, coefficients: optimizer.coefficients(position) },
      parameter,
      gradient,
      slots,
    );
    return { parameter: moved.parameter, slots: [...moved.slots] };
  };

  /** The parameter after each step, at the rate that `rateOf` gives. */
  function pathOf(rateOf: (step: number) => number): number[][] {
    let parameter: tf.Tensor = tf.tensor1d(torch.start);
    let slots: tf.Tensor[] = optimizer.rule.slots.map(() => tf.zerosLike(parameter));
    return torch.gradients.map((gradient, i) => {
      const position = { learningRate: rateOf(i + 1), step: i + 1 };
      const updated = move(parameter, tf.tensor1d(gradient), slots, position);
      ({ parameter, slots } = updated);
      return [...parameter.dataSync()];
    });
  }

  describe(JSON.stringify(spec), () => {
    beforeAll(() => tf.setBackend('cpu'));

    it('follows its formula in float64, also where the learning rate changes', () => {
      const rateOf = (step: number) => 0.1 / step;
      const oracles = torch.start.map(createOracle);
      let expected = torch.start;
      const path = pathOf(rateOf);
      for (const [i, gradient] of torch.gradients.entries()) {
        const step = i + 1;
        expected = expected.map((p, j) => oracles[j]!(p, gradient[j]!, rateOf(step), step));
        expectClose(path[i]!, expected, { relative: 1e-5, what: `step ${step}` });
      }
    });

    it("follows PyTorch's path", () => {
      const golden = torch.cases.find((one) => JSON.stringify(one.spec) === JSON.stringify(spec));
      const path = pathOf(() => torch.learningRate);
      for (const [i, expected] of golden!.parameters.entries()) {
        expectClose(path[i]!, expected, { relative: 1e-5, what: `step ${i + 1}` });
      }
    });

    it('leaves its arguments as they were, and nothing behind in a tidy', () => {
      const [parameter, gradient] = [tf.scalar(1), tf.scalar(0.5)];
      const slots = optimizer.rule.slots.map(() => tf.scalar(0));
      const before = tf.memory().numTensors;
      const updated = tf.tidy(() => {
        const { parameter: next, slots: nextSlots } = move(parameter, gradient, slots, {
          learningRate: 0.1,
          step: 1,
        });
        return [next, ...nextSlots];
      });
      expect(tf.memory().numTensors).toBe(before + 1 + slots.length);
      expect([parameter, gradient, ...slots].map((tensor) => tensor.dataSync()[0])).toEqual([
        1,
        0.5,
        ...slots.map(() => 0),
      ]);
      tf.dispose(updated);
    });
  });
}

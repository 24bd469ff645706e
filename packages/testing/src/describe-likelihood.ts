import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from './expect-close.ts';
import { expectGradientsClose } from './expect-gradients-close.ts';

type Tensors = Readonly<Record<string, tf.Tensor>>;

/** A likelihood, to hold against the contract of {@link describeLikelihood}. */
export interface LikelihoodRow {
  readonly likelihood: {
    readonly density: 'mass' | 'density' | 'none';
    readonly heads: readonly { readonly name: string; readonly perPixel: number }[];
    readonly parameterShapes: Readonly<Record<string, readonly number[]>>;
    negativeLogLikelihood(
      decoded: Tensors & { output: tf.Tensor },
      target: tf.Tensor,
      parameters?: Tensors,
    ): tf.Tensor;
  };
  /** Of a mass: every value that a pixel can take. */
  readonly values?: readonly number[];
  /** Does a pixel's score depend on the others of its image? */
  readonly sharesPixels?: boolean;
  /** Of a density: where it begins and ends, or vanishes; -30 to 30 by default. */
  readonly range?: readonly [number, number];
}

const POINTS = 6001;

/**
 * The contract of a likelihood: the probabilities of a pixel sum or integrate to one, pixels and examples are independent,
 * rows may be several an example, and gradients are the finite differences.
 *
 * Import a tfjs backend beside it.
 */
export function describeLikelihood(
  name: string,
  { likelihood, values, sharesPixels = false, range = [-30, 30] }: LikelihoodRow,
): void {
  const { heads, density } = likelihood;
  const parameters = Object.fromEntries(
    Object.entries(likelihood.parameterShapes).map(([key, shape]) => [key, tf.fill([...shape], -0.25)]),
  );
  /** Every head with the same numbers, told apart by a tenth each. */
  const decodedOf = (numbers: readonly number[], rows: number) =>
    Object.fromEntries(
      heads.map(({ name: head, perPixel }, i) => {
        const data = numbers.flatMap((value) =>
          Array.from({ length: perPixel }, (_, j) => value + (i + j) / 10),
        );
        return [head, tf.tensor(data, [rows, 1, numbers.length / rows, perPixel])];
      }),
    ) as Record<string, tf.Tensor> & { output: tf.Tensor };
  const targetOf = (numbers: readonly number[], rows: number) =>
    tf.tensor([...numbers], [rows, 1, numbers.length / rows, 1]);
  const score = (
    decoded: readonly number[],
    target: readonly number[],
    rows: number,
    examples = rows,
  ): number[] => [
    ...likelihood
      .negativeLogLikelihood(decodedOf(decoded, rows), targetOf(target, examples), parameters)
      .dataSync(),
  ];

  describe(name, () => {
    it('gives a pixel probabilities that sum or integrate to one, if it says that it is one', () => {
      if (density === 'none') return expect(values).toBeUndefined();
      const step = (range[1] - range[0]) / (POINTS - 1);
      const all = values ?? Array.from({ length: POINTS }, (_, i) => range[0] + i * step);
      expect(density).toBe(values ? 'mass' : 'density');
      for (const output of [-1.5, 0.25]) {
        const scores = score(
          all.map(() => output),
          all,
          all.length,
        );
        const sum = scores.reduce((total, one) => total + Math.exp(-one), 0);
        const ends = (Math.exp(-scores[0]!) + Math.exp(-scores.at(-1)!)) / 2;
        const total = values ? sum : (sum - ends) * step; // by trapezoids
        expectClose([total], [1], { relative: 1e-4 });
      }
    });

    it('adds the scores of pixels, and holds several rows against each target', () => {
      const [decoded, target] = [
        [-1, 0.5, 2, 0.25, -2, 1],
        [1, 0, 1, 0, 1, 1],
      ];
      if (!sharesPixels) {
        const each = score(decoded, target, 6);
        const whole = score(decoded, target, 2);
        expectClose(
          whole,
          [0, 1].map((row) => each.slice(3 * row, 3 * row + 3).reduce((a, b) => a + b, 0)),
        );
      }
      const several = score(decoded, [1, 0], 6, 2);
      expectClose(several, score(decoded, [1, 1, 1, 0, 0, 0], 6));
    });

    it('has the gradients of the finite differences in every head and parameter', () => {
      const [numbers, target] = [[-1, 0.5, 2, 0.3], targetOf([1, 0, 0.75, 0.5], 2)];
      const given: Record<string, tf.Tensor> = { ...decodedOf(numbers, 2), ...parameters };
      const names = Object.keys(given);
      const evaluate = (...tensors: tf.Tensor[]) => {
        const varied = Object.fromEntries(names.map((key, i) => [key, tensors[i]!]));
        return likelihood.negativeLogLikelihood(
          varied as typeof varied & { output: tf.Tensor },
          target,
          varied,
        );
      };
      const gradients = tf.grads(evaluate)(
        names.map((key) => given[key]!),
        tf.ones([2]),
      );
      expectGradientsClose(
        gradients.map((gradient) => gradient.dataSync()),
        (varied) =>
          tf.tidy(() => {
            const tensors = varied.map((data, i) =>
              tf.tensor(Float32Array.from(data), given[names[i]!]!.shape),
            );
            return [...evaluate(...tensors).dataSync()].reduce((a, b) => a + b, 0);
          }),
        names.map((key) => Float64Array.from(given[key]!.dataSync())),
        // The formula itself is float32 here: a wide step, and what is left of its digits.
        { names, step: 0.02, relative: 5e-3, absolute: 5e-3 },
      );
    });
  });
}

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import type { NdArray } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { createLikelihood, type LikelihoodSpec } from './create-likelihood.ts';
import type { Decoded } from './likelihood.ts';
import { logGamma } from './ops/log-gamma.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));
const tensorOf = ({ shape, data }: NdArray<number[]>) => tf.tensor(data, [...shape]);

/** Written by scripts/likelihood-goldens.py. */
interface TorchCase {
  readonly spec: LikelihoodSpec;
  readonly heads: Record<string, NdArray<number[]>>;
  readonly target: NdArray<number[]>;
  readonly value: number[];
  /** Under an upstream gradient of 1, 2, 3, ... for the examples. */
  readonly gradients: Record<string, number[]>;
}

describe('agrees with PyTorch', () => {
  const { cases }: { cases: TorchCase[] } = read('likelihoods.json');
  it.each(cases.map((golden) => [JSON.stringify(golden.spec), golden] as const))('%s', (_, golden) => {
    const { spec, heads, target, value, gradients } = golden;
    const { negativeLogLikelihood } = createLikelihood(spec);
    const names = Object.keys(heads);
    const evaluate = (...tensors: tf.Tensor[]) => {
      const decoded = Object.fromEntries(names.map((name, i) => [name, tensors[i]!]));
      return negativeLogLikelihood(decoded as Decoded, tensorOf(target));
    };
    const upstream = tf.tensor1d(value.map((_, example) => example + 1));
    const tensors = names.map((name) => tensorOf(heads[name]!));
    const result = tf.valueAndGrads(evaluate)(tensors, upstream);
    expectClose(result.value.dataSync(), value, { relative: 2e-5, what: 'value' });
    for (const [i, name] of names.entries()) {
      const closeness = { relative: 2e-5, absolute: 2e-5, what: `gradient of ${name}` };
      expectClose(result.grads[i]!.dataSync(), gradients[name]!, closeness);
    }
  });
});

/** Written by scripts/scipy-goldens.py. */
interface ScipyGoldens {
  readonly gamma: { readonly x: number[]; readonly logGamma: number[]; readonly digamma: number[] };
  readonly betaBinomial: {
    readonly counts: number[];
    readonly rows: { logit: number; logConcentration: number; nll: number[] }[];
  };
}

describe('agrees with SciPy', () => {
  const { gamma, betaBinomial }: ScipyGoldens = read('scipy.json');

  it('log gamma and its slope, from 1e-30 to 1e8', () => {
    const { value, grad } = tf.valueAndGrad(logGamma<tf.Tensor1D>)(
      tf.tensor1d(gamma.x),
      tf.ones([gamma.x.length]),
    );
    expectClose(value.dataSync(), gamma.logGamma, { relative: 2.4e-7, absolute: 2e-6 });
    expectClose(grad!.dataSync(), gamma.digamma, { relative: 3e-7, absolute: 1e-6 });
  });

  it.each(betaBinomial.rows)(
    'a beta-binomial pixel of logit $logit, log concentration $logConcentration',
    ({ logit, logConcentration, nll }) => {
      const { counts } = betaBinomial;
      const column = (numbers: number[]) => tf.tensor2d(numbers, [numbers.length, 1]);
      const raw = 8 - Math.log(Math.expm1(8 - logConcentration)); // 8 - softplus(8 - raw) is the concentration
      const decoded = {
        output: column(counts.map(() => logit)),
        logConcentration: column(counts.map(() => raw)),
      };
      const likelihood = createLikelihood({ type: 'betaBinomial', output: 'sigmoid' });
      const value = likelihood.negativeLogLikelihood(decoded, column(counts.map((k) => k / 255)));
      expectClose(value.dataSync(), nll, { relative: 2e-5, absolute: 5e-4 });
    },
  );
});

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import type { NdArray } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { createLikelihood, type LikelihoodSpec } from './create-likelihood.ts';
import { klStandardNormal } from './kl-standard-normal.ts';

/** A term's value and gradients by PyTorch's autograd, in float64; written by scripts/torch-goldens.py. */
interface TorchCase {
  readonly term: LikelihoodSpec['type'] | 'kl';
  readonly options: Record<string, unknown>;
  readonly inputs: Record<string, NdArray<number[]>>;
  readonly value: number[];
  /** Under an upstream gradient of 1, 2, 3, ... for the examples. */
  readonly gradients: Record<string, number[]>;
}

const fixture = new URL('../fixtures/torch.json', import.meta.url);
const { cases }: { cases: TorchCase[] } = JSON.parse(readFileSync(fixture, 'utf8'));

describe('agrees with PyTorch', () => {
  it.each(cases.map((golden) => [golden.term, JSON.stringify(golden.options), golden] as const))(
    '%s %s',
    (term, _, { options, inputs, value, gradients }) => {
      const evaluate = (tensors: Record<string, tf.Tensor>) => {
        if (term === 'kl') return klStandardNormal(tensors.mean!, tensors.logVar!);
        const spec = { type: term, output: 'sigmoid', ...options } as LikelihoodSpec;
        const { preActivation, target, logSigma } = tensors;
        const parameters: tf.NamedTensorMap = logSigma ? { 'likelihood.logSigma': logSigma } : {};
        const { negativeLogLikelihood } = createLikelihood(spec);
        return negativeLogLikelihood({ output: preActivation! }, target!, parameters);
      };
      const tensors = Object.fromEntries(
        Object.entries(inputs).map(([name, { shape, data }]) => [name, tf.tensor(data, [...shape])]),
      );
      const varied = Object.keys(gradients);
      const upstream = tf.tensor1d(value.map((_, example) => example + 1));
      const result = tf.valueAndGrads((...values) =>
        evaluate({ ...tensors, ...Object.fromEntries(varied.map((name, i) => [name, values[i]!])) }),
      )(
        varied.map((name) => tensors[name]!),
        upstream,
      );
      expectClose(result.value.dataSync(), value, { what: 'value' });
      for (const [i, name] of varied.entries()) {
        // 1 - tanh^2 keeps 6e-8 at saturation, which 1 / sigma^2 and the upstream then multiply by 48.
        const closeness = { absolute: 1e-5, what: `gradient of ${name}` };
        expectClose(result.grads[i]!.dataSync(), gradients[name]!, closeness);
      }
    },
  );
});

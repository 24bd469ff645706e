import { didYouMean, LatentkitError } from '@latentkit/core';
import { checkSigma } from './check-sigma.ts';
import type { LikelihoodSpec } from './likelihood-spec.ts';
import { outputRule } from './output-function.ts';

const types: readonly LikelihoodSpec['type'][] = ['bernoulli', 'squaredError', 'gaussian', 'l1'];

/**
 * Makes sure that a spec, which may come from JSON or untyped code, is one.
 *
 * @throws `E_UNKNOWN_NAME` for an unknown type or output; `E_CONFIG` for parts that do not fit together;
 * `E_RANGE` for a sigma that is no standard deviation.
 */
export function checkLikelihoodSpec(where: string, spec: LikelihoodSpec): void {
  if (typeof spec !== 'object' || spec === null) {
    throw new LatentkitError('E_CONFIG', `${where}: a likelihood's spec must be an object, got ${spec}`);
  }
  if (!types.includes(spec.type)) {
    const fix = didYouMean(String(spec.type), types);
    throw new LatentkitError('E_UNKNOWN_NAME', `${where}: there is no likelihood '${spec.type}'`, { fix });
  }
  outputRule(where, spec.output);
  const { output }: { output: string } = spec;
  if (spec.type === 'bernoulli' && output !== 'sigmoid') {
    throw new LatentkitError(
      'E_CONFIG',
      `${where}: a Bernoulli likelihood's output must be 'sigmoid', got '${output}'`,
      { fix: `Its mean is a probability: for '${output}', take 'squaredError', 'gaussian' or 'l1'.` },
    );
  }
  if (spec.type === 'squaredError' && !['sum', 'mean'].includes(spec.pixels ?? 'sum')) {
    throw new LatentkitError('E_CONFIG', `${where}: pixels must be 'sum' or 'mean', got '${spec.pixels}'`);
  }
  if (spec.type === 'gaussian' && spec.sigma !== 'learned') checkSigma(where, spec.sigma);
}

import { activationGradientRule } from './activation-gradient.ts';
import { bernoulliBackpropRule, bernoulliFromLogitsRule } from './bernoulli.ts';
import { convolutionRule, convolveBackpropFilterRule } from './convolution.ts';
import { binaryRule, clipRule, fillRule, unaryRule } from './elementwise.ts';
import { gemmRule } from './gemm.ts';
import type { Operation } from './operation.ts';
import type { OperationRule } from './operation-rule.ts';
import { sumRule } from './sum.ts';

const RULES = {
  gemm: gemmRule,
  convolve: convolutionRule,
  convolveBackpropInput: convolutionRule,
  convolveBackpropFilter: convolveBackpropFilterRule,
  unary: unaryRule,
  binary: binaryRule,
  clip: clipRule,
  fill: fillRule,
  sum: sumRule,
  activationGradient: activationGradientRule,
  bernoulliFromLogits: bernoulliFromLogitsRule,
  bernoulliBackprop: bernoulliBackpropRule,
};

/** The rule of an operation's kind. */
export function ruleOf<Kind extends Operation>(operation: Kind): OperationRule<Kind> {
  return RULES[operation.kind] as unknown as OperationRule<Kind>;
}

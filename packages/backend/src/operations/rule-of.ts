import { activationGradientRule } from './activation-gradient.ts';
import { bernoulliBackpropRule, bernoulliFromLogitsRule } from './bernoulli.ts';
import {
  convolutionRule,
  convolveBackpropFilterPartsRule,
  convolveBackpropFilterRule,
} from './convolution.ts';
import { binaryRule, clipRule, fillRule, unaryRule } from './elementwise.ts';
import { gemmRule } from './gemm.ts';
import type { Operation } from './operation.ts';
import type { OperationRule } from './operation-rule.ts';
import { reduceRule } from './reduce.ts';

const RULES = {
  gemm: gemmRule,
  convolve: convolutionRule,
  convolveBackpropInput: convolutionRule,
  convolveBackpropFilter: convolveBackpropFilterRule,
  convolveBackpropFilterParts: convolveBackpropFilterPartsRule,
  unary: unaryRule,
  binary: binaryRule,
  clip: clipRule,
  fill: fillRule,
  sum: reduceRule,
  max: reduceRule,
  activationGradient: activationGradientRule,
  bernoulliFromLogits: bernoulliFromLogitsRule,
  bernoulliBackprop: bernoulliBackpropRule,
};

/** The rule of an operation's kind. */
export function ruleOf<Kind extends Operation>(operation: Kind): OperationRule<Kind> {
  return RULES[operation.kind] as unknown as OperationRule<Kind>;
}

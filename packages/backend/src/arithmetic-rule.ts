import type { OptionRule } from '@latentkit/core/options';

/** `strict` of `@latentkit/kernels/nn`, or `fused` of `@latentkit/kernels/nn-fused`. */
export const arithmeticRule: OptionRule = {
  be: 'be strict of @latentkit/kernels/nn, or fused of @latentkit/kernels/nn-fused',
  code: 'E_USAGE',
  fix: (value) =>
    value === 'fused' || value === 'strict'
      ? `Give what the name stands for: import { ${value} } from '@latentkit/kernels/${value === 'fused' ? 'nn-fused' : 'nn'}'`
      : undefined,
  fits: (value) => {
    const { name, binary } = Object(value) as { name?: unknown; binary?: unknown };
    return (name === 'strict' || name === 'fused') && typeof binary === 'string';
  },
};

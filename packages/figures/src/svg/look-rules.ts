import { anything, type OptionRules, textRule } from '@latentkit/core/options';

/** Options that every figure has; `checkWidth` looks at the width. */
export const LOOK_RULES: OptionRules<{ width?: number; title?: string; subtitle?: string }> = {
  width: anything,
  title: textRule,
  subtitle: textRule,
};

import { anything, textRule } from '@latentkit/core/options';

/** What every figure may be told. */
export const HEADING_RULES = { width: anything, title: textRule, subtitle: textRule }; // checkWidth looks at the width

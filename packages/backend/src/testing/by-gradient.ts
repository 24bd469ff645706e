import type { Update } from '@latentkit/core';

/** Plain gradient descent at this rate. */
export const byGradient = (rate: number): Update => ({
  rule: { name: 'sgd', slots: [] },
  coefficients: [rate],
});

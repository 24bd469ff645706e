import { expect, test } from 'vitest';
import { thresholdRank, usualFalseAlarms } from './threshold.ts';

test.each([
  [999, 0.01],
  [99, 0.05],
  [200, 0.1],
])(
  'of %i clean examples at most a share of %f can be expected to score above the threshold',
  (examples, share) => {
    // A new example is as likely to fall into each of the n + 1 gaps between clean scores: those above the rank are n + 1 - rank.
    const rank = thresholdRank(examples, share);
    expect((examples + 1 - rank) / (examples + 1)).toBeLessThanOrEqual(share);
    expect((examples + 2 - rank) / (examples + 1)).toBeGreaterThan(share);
  },
);

test('the usual share is 1%, or the smallest that the examples can tell', () => {
  expect([2000, 99, 49, 9].map(usualFalseAlarms)).toEqual([0.01, 0.01, 0.02, 0.1]);
  for (const examples of [1, 5, 49, 98]) {
    expect(thresholdRank(examples, usualFalseAlarms(examples))).toBeLessThanOrEqual(examples);
  }
});

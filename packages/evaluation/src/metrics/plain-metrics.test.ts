import { expect, test } from 'vitest';
import { METRICS } from './metrics.ts';
import { PLAIN_METRICS } from './plain-metrics.ts';

test('they are metrics of the list, in its order', () => {
  expect(METRICS.filter((metric) => PLAIN_METRICS.includes(metric))).toEqual(PLAIN_METRICS);
});

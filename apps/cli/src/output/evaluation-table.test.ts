import type { MetricEvent, MetricRow } from '@latentkit/evaluation';
import { afterEach, expect, it, vi } from 'vitest';
import { showMetric } from './evaluation-table.ts';

afterEach(() => vi.restoreAllMocks());

/** What is written of a row. */
function written(row: Partial<MetricRow>): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const whole = { name: 'kl', title: 'KL', unit: 'nats', better: 'lower', value: 1, ...row };
  showMetric({ rows: [{ convention: 'so counted', ...whole }], seconds: 0.2 } as unknown as MetricEvent, {
    isNamed: false,
  });
  return write.mock.calls.map(([text]) => text).join('');
}

it('begins conventions below one another, and leaves room after a long unit', () => {
  const short = written({});
  expect(short).toMatch(/nats +0\.2 s {2,}so counted\n$/);
  const long = written({ unit: 'nats at the best sigma of each' });
  expect(long).toMatch(/nats at the best sigma of each +0\.2 s {2}so counted\n$/);
  expect(short.indexOf('so counted')).toBe(76);
});

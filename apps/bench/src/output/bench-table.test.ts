import { expect, test } from 'vitest';
import type { BenchResult } from '../bench-event.ts';
import { benchRows } from '../bench-rows.ts';
import { ENGINE_NAMES } from '../engine-catalog.ts';
import { createBenchTable, formatMilliseconds } from './bench-table.ts';

const OURS: BenchResult = {
  ...{ name: 'encode/keras-conv', engine: 'latentkit', workers: 2 },
  ...{
    msMedian: 12.345,
    msP10: 9.876,
    msP90: 123.4,
    gflops: 35.21,
    ...{ how: null, loss: null, ratioToBest: 1.834, bestPeer: 'pytorch' },
    ratioToPyTorch: 1.834,
    ratioToTfjsWasm: null,
  },
};

function tableOf(width: number) {
  return createBenchTable({ names: [OURS.name, 'gemm/1x1x1'], engines: ['latentkit', 'pytorch'], width });
}

test('numbers stand right, words left, units in the header', () => {
  const { header, row } = tableOf(140);
  expect([header, row(OURS)]).toEqual([
    'row                engine     how      workers       ms   p10 ms   p90 ms  GFLOP/s  vs best  best peer  vs torch  vs tfjs',
    'encode/keras-conv  latentkit  -              2     12.3     9.88      123     35.2    1.83x  pytorch       1.83x        -',
  ]);
});

test('a narrow terminal gets fewer columns, and all lines are as long', () => {
  const { header, row } = tableOf(80);
  expect(header).toBe('row                engine     workers       ms  GFLOP/s  vs best  vs tfjs');
  expect(row(OURS)).toHaveLength(header.length);
  expect(tableOf(60).header).toBe('row                engine          ms  GFLOP/s  vs best');
});

test('80 columns hold the longest row of all engines', () => {
  const names = benchRows().map(({ name }) => name);
  const { header } = createBenchTable({ names, engines: ENGINE_NAMES, width: 80 });
  expect(header).toContain('vs tfjs');
  expect(header.length).toBeLessThanOrEqual(80);
});

test.each([
  [0.01234, '0.0123'],
  [0.1234, '0.123'],
  [1.234, '1.23'],
  [12.34, '12.3'],
  [1234.5, '1235'],
])('%f ms is written %s', (ms, expected) => {
  expect(formatMilliseconds(ms)).toBe(expected);
});

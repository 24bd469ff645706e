import { expect, test } from 'vitest';
import { summarizeTimes } from './summarize-times.ts';

const ROW = { name: 'gemm/1x1x1', flop: 6e6 };

test('a ratio is the median of the other over the own: above 1 is faster', () => {
  const results = summarizeTimes(ROW, [
    { engine: 'latentkit', workers: 1, ms: [2, 3, 4] },
    { engine: 'pytorch', workers: 1, ms: [6] },
    { engine: 'tfjs-wasm', workers: 1, ms: [30] },
  ]);
  expect(results.map((row) => [row.ratioToPyTorch, row.ratioToTfjsWasm])).toEqual([
    [2, 10],
    [1, 5],
    [0.2, 1],
  ]);
  expect(results[0]).toEqual({
    ...{ name: 'gemm/1x1x1', engine: 'latentkit', workers: 1 },
    ...{ msMedian: 3, msP10: 2.2, msP90: 3.8, gflops: 2, ratioToPyTorch: 2, ratioToTfjsWasm: 10 },
  });
});

test('PyTorch has one row, with the threads that served it best; Latentkit has all', () => {
  const results = summarizeTimes(ROW, [
    { engine: 'latentkit', workers: 1, ms: [8] },
    { engine: 'latentkit', workers: 2, ms: [4] },
    { engine: 'pytorch', workers: 1, ms: [6] },
    { engine: 'pytorch', workers: 2, ms: [5] },
  ]);
  expect(results.map(({ engine, workers }) => [engine, workers])).toEqual([
    ['latentkit', 1],
    ['latentkit', 2],
    ['pytorch', 2],
  ]);
  expect(results.map((row) => row.ratioToPyTorch)).toEqual([5 / 8, 5 / 4, 1]);
});

test('without the other there is no ratio', () => {
  const [row] = summarizeTimes(ROW, [{ engine: 'latentkit', workers: 1, ms: [8] }]);
  expect(row).toMatchObject({ ratioToPyTorch: null, ratioToTfjsWasm: null });
});

import { expect, test } from 'vitest';
import type { BenchResult } from './bench-event.ts';
import { summarizeScaling, summarizeTimes, type Times } from './summarize-times.ts';

const ROW = { name: 'gemm/1x1x1', flop: 6e6 };
const times = (engine: Times['engine'], workers: number, ...ms: number[]): Times => ({ engine, workers, ms });

test('a ratio is the median of the other over the own: above 1 is faster', () => {
  const results = summarizeTimes(ROW, [
    { engine: 'latentkit', workers: 1, ms: [2, 3, 4], loss: 500 },
    times('pytorch', 1, 6),
    times('tfjs-wasm', 1, 30),
  ]);
  expect(results.map((row) => [row.ratioToPyTorch, row.ratioToTfjsWasm])).toEqual([
    [2, 10],
    [1, 5],
    [0.2, 1],
  ]);
  expect(results[0]).toEqual({
    ...{ name: 'gemm/1x1x1', engine: 'latentkit', how: null, workers: 1 },
    ...{ msMedian: 3, msP10: 2.2, msP90: 3.8, gflops: 2, loss: 500 },
    ...{ ratioToBest: 2, bestPeer: 'pytorch', ratioToPyTorch: 2, ratioToTfjsWasm: 10 },
  });
});

test('of the processes of an engine with as many threads the fastest makes the row', () => {
  const results = summarizeTimes(ROW, [
    { ...times('pytorch', 1, 6), how: 'eager' },
    { ...times('pytorch', 1, 7), how: 'compile' },
    { ...times('pytorch', 2, 5), how: 'eager' },
    { ...times('pytorch', 2, 4), how: 'compile' },
  ]);
  expect(results.map(({ workers, how, msMedian }) => [workers, how, msMedian])).toEqual([
    [1, 'eager', 6],
    [2, 'compile', 4],
  ]);
});

test('our arithmetics have a row each, and neither is a peer of the other', () => {
  const results = summarizeTimes(ROW, [
    { ...times('latentkit', 1, 6), how: 'strict' },
    { ...times('latentkit', 1, 5), how: 'fused' },
    times('pytorch', 1, 3),
  ]);
  expect(results.map(({ how, msMedian, ratioToBest }) => [how, msMedian, ratioToBest])).toEqual([
    ['strict', 6, 0.5],
    ['fused', 5, 0.6],
    [null, 3, 1],
  ]);
});

test('the best peer is the fastest other engine on at most as many threads', () => {
  const results = summarizeTimes(ROW, [
    times('latentkit', 1, 8),
    times('latentkit', 2, 4),
    times('pytorch', 1, 6),
    times('pytorch', 2, 5),
    times('keras', 2, 3),
    times('jax-js', 1, 20),
  ]);
  expect(results.map((row) => [row.engine, row.workers, row.bestPeer, row.ratioToBest])).toEqual([
    ['latentkit', 1, 'pytorch', 6 / 8],
    ['latentkit', 2, 'keras', 3 / 4],
    ['pytorch', 1, 'pytorch', 1],
    ['pytorch', 2, 'keras', 3 / 5],
    ['keras', 2, 'keras', 1],
    ['jax-js', 1, 'pytorch', 6 / 20],
  ]);
  expect(results.map((row) => row.ratioToPyTorch)).toEqual([6 / 8, 5 / 4, 1, 1, 5 / 3, 6 / 20]);
});

test('without the other there is no ratio', () => {
  const [row] = summarizeTimes(ROW, [times('latentkit', 1, 8)]);
  expect(row).toMatchObject({
    ratioToBest: null,
    bestPeer: null,
    ratioToPyTorch: null,
    ratioToTfjsWasm: null,
  });
});

test('scaling is told of our rows that ran with several numbers of workers, against the fewest', () => {
  const row = (engine: BenchResult['engine'], name: string, workers: number, msMedian: number) =>
    ({ engine, name, workers, msMedian }) as BenchResult;
  const points = summarizeScaling([
    row('latentkit', 'a', 8, 15),
    row('latentkit', 'a', 2, 30),
    row('latentkit', 'b', 2, 30),
    row('keras', 'a', 1, 30),
    { ...row('latentkit', 'a', 4, 1), how: 'fused' }, // an option, not what we are
  ]);
  expect(points).toEqual([
    { name: 'a', workers: 2, msMedian: 30, speedUp: 1, efficiency: 1 },
    { name: 'a', workers: 8, msMedian: 15, speedUp: 2, efficiency: 0.5 },
  ]);
});

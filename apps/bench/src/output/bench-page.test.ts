import { expect, test } from 'vitest';
import type { BenchEvent, BenchResult } from '../bench-event.ts';
import { writeBenchPage } from './bench-page.ts';

const ROW: BenchResult = {
  ...{ name: 'train-step/x', engine: 'latentkit', how: null, workers: 2 },
  ...{ msMedian: 12.34, msP10: 12, msP90: 13, gflops: 81.23, loss: 512.34 },
  ...{ ratioToBest: 1.5, bestPeer: 'keras', ratioToPyTorch: null, ratioToTfjsWasm: null },
};
const EVENTS: BenchEvent[] = [
  {
    ...{ type: 'machine', date: '2026-11-29T08:00:00.000Z', cpu: 'EPYC', cores: 2, node: '24.1.0', v8: '13' },
    versions: {
      ...{ tfjs: '4.22.0', pytorch: null, blas: null, jax: null, jaxJs: null, chromium: null },
      ...{ keras: '3.15.1', tensorflow: '2.21.0' },
    },
  },
  { type: 'progress', name: 'train-step/x', engine: 'keras', round: 1, rounds: 2 },
  { type: 'row', row: ROW },
  {
    type: 'row',
    row: { ...ROW, engine: 'keras', how: 'a|b', msMedian: 18.51, loss: null, ratioToBest: 1 },
  },
  {
    ...{ type: 'summary', shareOfCeiling: {}, notes: ['jax is left out'] },
    scaling: [{ name: 'train-step/x', workers: 2, msMedian: 12.34, speedUp: 1.9, efficiency: 0.95 }],
    memory: [{ engine: 'keras', how: 'graph', workers: 2, peakBytes: 8.5e8 }],
  },
];

test('a page has machine, rows, scaling, memory and notes, as Markdown', () => {
  expect(writeBenchPage(EVENTS, 'pnpm bench --filter x')).toBe(`# Speed, beside others

\`pnpm bench --filter x\` wrote this page; [benchmarks.md](benchmarks.md) tells what the rows and columns are.

2026-11-29, EPYC, 2 cores, Node 24.1.0, tfjs 4.22.0, Keras 3.15.1, TensorFlow 2.21.0.

| row | engine | how | workers | ms | p10 | p90 | GFLOP/s | loss of 10 steps | vs best peer | which is |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
| train-step/x | **latentkit** | - | 2 | **12.3** | 12.0 | 13.0 | 81.2 | 512.3 | **1.50x** | keras |
| train-step/x | keras | a\\|b | 2 | 18.5 | 12.0 | 13.0 | 81.2 | - | 1.00x | keras |

## Scaling

| scaling of | workers | ms | speed-up | efficiency |
| --- | ---: | ---: | ---: | ---: |
| train-step/x | 2 | 12.3 | 1.90x | 95% |

## Memory

| memory of | how | workers | most MB |
| --- | --- | ---: | ---: |
| keras | graph | 2 | 850 |

## Notes

- jax is left out
`);
});

test('what a run did not tell is not on its page', () => {
  expect(writeBenchPage(EVENTS.slice(2, 3), 'pnpm bench')).not.toMatch(/## /);
});

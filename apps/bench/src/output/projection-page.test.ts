import { expect, test } from 'vitest';
import type { ProjectionBenchEvent } from '../projections/run-projection-bench.ts';
import { writeProjectionPage } from './projection-page.ts';

const EVENTS: ProjectionBenchEvent[] = [
  {
    ...{ type: 'machine', date: '2026-11-29T08:00:00.000Z', cpu: 'EPYC', cores: 2, node: '24.1.0', v8: '13' },
    versions: { openTSNE: '1.0.2' },
  },
  {
    type: 'row',
    row: {
      ...{
        name: 'projection/tsne-2000',
        engine: 'latentkit',
        points: 2000,
        workers: 1,
        seeds: 3,
        msMedian: 950,
      },
      ...{ trustworthiness: 0.9567, klDivergence: 1.2746, peakBytes: 2.5e8 },
      ...{ ratioToBest: 4.2, bestPeer: 'openTSNE', ratios: { latentkit: 1, openTSNE: 4.2 } },
    },
  },
  { type: 'note', text: 'umap-learn is left out' },
];

test('a page of maps has machine, rows and notes, as Markdown', () => {
  expect(writeProjectionPage(EVENTS, 'pnpm bench --filter projection')).toBe(`# Maps, beside others

\`pnpm bench --filter projection\` wrote this page; [benchmarks.md](benchmarks.md#projections) tells what the rows and columns are.

2026-11-29, EPYC, Node 24.1.0, openTSNE 1.0.2. Medians of 3 seeds, one thread.

| row | engine | seconds | trustworthiness | KL | most MB | vs best peer | which is |
| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |
| projection/tsne-2000 | **latentkit** | **0.95** | 0.9567 | 1.275 | 250 | **4.20x** | openTSNE |

## Notes

- umap-learn is left out
`);
});

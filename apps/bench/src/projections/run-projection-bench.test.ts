import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@latentkit/testing/node';
import { expect, test } from 'vitest';
import { fakeEngine } from '../testing/fake-engine.ts';
import type { ProjectionEngine } from './projection-engines.ts';
import { projectionRows } from './projection-rows.ts';
import {
  type ProjectionBenchEvent,
  type ProjectionResult,
  runProjectionBench,
} from './run-projection-bench.ts';

const POINTS = 60;
const NAME = 'projection/pca-60';

test('rows are asked for by name, and by nothing else', () => {
  expect(projectionRows(undefined)).toEqual([]);
  expect(projectionRows('train-step')).toEqual([]);
  expect(projectionRows('umap').map(({ name }) => name)).toEqual([
    'projection/umap-2000',
    'projection/umap-10000',
    'projection/umap-60000',
  ]);
});

/** Points on a line, and engines that leave them as they are, or turn them into noise. */
async function bench(
  engines: readonly { engine: ProjectionEngine; ms: number; noise?: boolean; leaves?: boolean }[],
) {
  const folder = temporaryFolder();
  const file = join(folder, 'points.f32');
  writeFileSync(
    file,
    Float32Array.from({ length: 2 * POINTS }, (_, i) => (i % 2 === 0 ? i * i : 0)),
  );
  const row = { name: NAME, method: 'pca', points: POINTS, images: 'test', file, dimensions: 2 } as const;
  const commands = engines.map(({ engine, ms, noise = false, leaves = true }) => ({
    engine,
    command: fakeEngine({
      greeting: { rows: [NAME] },
      answer: `
        globalThis.seed = (globalThis.seed ?? -1) + 1;
        const fs = require('node:fs');
        const bytes = fs.readFileSync(${JSON.stringify(file)});
        const map = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
        if (${noise}) map.forEach((_, i) => { map[i] = Math.sin(i * i * 7); });
        if (${leaves}) fs.writeFileSync(${JSON.stringify(folder)} + '/${engine}-pca-60-' + seed + '.f32', map);
        send({ ms: [${ms} + seed] })`,
    }),
  }));
  const events: ProjectionBenchEvent[] = [];
  const options = { workload: { rows: [row], folder }, engines: commands, seeds: 3 };
  for await (const event of runProjectionBench(options)) events.push(event);
  return events;
}
const rowsOf = (events: readonly ProjectionBenchEvent[]): ProjectionResult[] =>
  events.flatMap((event) => (event.type === 'row' ? [event.row] : []));

test('each engine makes a map of each seed; medians, quality and ratios are told', async () => {
  const events = await bench([
    { engine: 'latentkit', ms: 9 },
    { engine: 'scikit-learn', ms: 39, noise: true },
  ]);
  const [ours, theirs] = rowsOf(events);
  expect(ours).toEqual({
    ...{ name: NAME, engine: 'latentkit', points: POINTS, workers: 1, seeds: 3, msMedian: 10 },
    ...{ trustworthiness: 1, klDivergence: null },
    ...{
      ratioToBest: 4,
      bestPeer: 'scikit-learn',
      ratios: { latentkit: 1, 'scikit-learn': 4 },
      peakBytes: null,
    },
  });
  expect(theirs).toMatchObject({ engine: 'scikit-learn', msMedian: 40, ratioToBest: 1 });
  expect(theirs!.trustworthiness).toBeLessThan(0.7);
});

test('an engine that leaves no map is a note, and the others go on', async () => {
  const events = await bench([
    { engine: 'umap-js', ms: 1, leaves: false },
    { engine: 'latentkit', ms: 1 },
  ]);
  expect(rowsOf(events).map(({ engine }) => engine)).toEqual(['latentkit']);
  const notes = events.flatMap((event) => (event.type === 'note' ? [event.text] : []));
  expect(notes).toEqual([expect.stringMatching(/^umap-js at projection\/pca-60: .*no such file/)]);
});

import { readFileSync } from 'node:fs';
import { describeDifference, RECIPES } from '@latentkit/same-bits';
import { openPage } from './open-page.js';
import { serve } from './serve.js';

const RUNS = [
  { name: 'eager', query: 'workers=eager', isolated: true, workers: null },
  { name: '1 worker', query: 'workers=1', isolated: true, workers: 1 },
  { name: '2 workers', query: 'workers=2', isolated: true, workers: 2 },
  { name: '2 workers, asked by a worker', query: 'workers=2&where=worker', isolated: true, workers: 2 },
  { name: 'a page that is not isolated, 2 workers', query: 'workers=2', isolated: false, workers: 1 },
];
const NOTE = /^one thread instead of 2: .*Cross-Origin-Opener-Policy/;

/**
 * Trains the recipes of same-bits in the browser, eagerly and recorded: their weights must be the committed ones; and a
 * page that cannot share memory must say so and train on one thread.
 */
export async function checkSameBits({ browser, folder, isolation, check }) {
  const file = new URL('../../same-bits/same-bits.json', import.meta.url);
  const expected = JSON.parse(readFileSync(file, 'utf8'));
  const first = {};
  for (const { name, query, isolated, workers } of RUNS) {
    const server = await serve(folder, isolated ? isolation : {});
    await check(`same bits, ${name}: the weights are the committed ones`, async () => {
      const outcome = await openPage(browser, `${server.origin}/?${query}`);
      checkConditions(outcome, { isolated, workers });
      const differences = RECIPES.map((recipe) => {
        const got = outcome.traces[recipe];
        const difference = describeDifference({
          recipe,
          got,
          expected: expected[recipe],
          other: first[recipe],
        });
        first[recipe] ??= { name, trace: got };
        return difference;
      });
      const found = differences.filter((text) => text !== undefined);
      if (found.length > 0) throw new Error(found.join('\n').replaceAll('\n', '\n      '));
    });
    await server.close();
  }
}

function checkConditions(outcome, { isolated, workers }) {
  const [got, wanted] = [
    { isolated: outcome.isolated, workers: outcome.workers },
    { isolated, workers },
  ];
  if (JSON.stringify(got) !== JSON.stringify(wanted)) {
    throw new Error(`expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`);
  }
  const noteIsRight = isolated ? outcome.notes.length === 0 : NOTE.test(outcome.notes.join());
  if (!noteIsRight)
    throw new Error(`expected ${isolated ? 'no note' : NOTE}, got ${JSON.stringify(outcome.notes)}`);
}

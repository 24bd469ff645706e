import { expect, test } from 'vitest';
import { rankTrials, runSweep } from './run-sweep.ts';
import { createSearchSpace } from './space/search-space.ts';
import { createStrategy } from './strategies/strategies.ts';
import type { Outcome, Task } from './strategies/strategy.ts';

const space = createSearchSpace({ x: { from: 0, to: 1 } });
const create = () => createStrategy('halving', space, { budget: { trials: 9, epochs: 9 }, seed: 3 });
const outcomeOf = ({ trial, epochs, settings }: Task) => ({ trial, epochs, value: settings.x as number });

test('whoever is first, the same comes of it', async () => {
  const run = async (order: (task: Task) => number) => {
    const waiting: { task: Task; resolve: () => void }[] = [];
    const done = runSweep(create(), {
      run: (task) =>
        new Promise<Outcome>((resolve) => waiting.push({ task, resolve: () => resolve(outcomeOf(task)) })),
    });
    while (waiting.length > 0) {
      waiting.sort((a, b) => order(a.task) - order(b.task));
      waiting.shift()!.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return done;
  };
  const outcomes = await run(({ trial }) => trial);
  expect(outcomes).toHaveLength(13);
  expect(await run(({ trial }) => -trial)).toEqual(outcomes);
});

test('tells of tasks and outcomes, and throws what a task throws', async () => {
  const told: string[] = [];
  await runSweep(create(), {
    run: async (task) => outcomeOf(task),
    onTask: ({ trial, epochs }) => told.push(`task ${trial} ${epochs}`),
    onOutcome: ({ trial, epochs }) => told.push(`outcome ${trial} ${epochs}`),
  });
  expect(told.slice(0, 9)).toEqual(Array.from({ length: 9 }, (_, trial) => `task ${trial} 1`));
  expect(told).toHaveLength(2 * 13);
  await expect(runSweep(create(), { run: () => Promise.reject(new Error('lost')) })).rejects.toThrow('lost');
});

test('ranks by how far trials came, then by value, and failed ones last', () => {
  const outcomes = [
    { trial: 0, epochs: 1, value: 5 },
    { trial: 1, epochs: 1, value: 2 },
    { trial: 1, epochs: 3, value: 4 },
    { trial: 2, epochs: 3, value: 3 },
    { trial: 3, epochs: 3, value: Number.POSITIVE_INFINITY },
    { trial: 4, epochs: 1, value: 1 },
  ];
  expect(rankTrials(outcomes).map(({ trial, epochs }) => [trial, epochs])).toEqual([
    [2, 3],
    [1, 3],
    [4, 1],
    [0, 1],
    [3, 3],
  ]);
});

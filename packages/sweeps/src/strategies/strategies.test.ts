import { describe, expect, it } from 'vitest';
import { createSearchSpace } from '../space/search-space.ts';
import { bracketsOf } from './hyperband.ts';
import { epochsOf, rungsOf, wholeLog } from './rungs.ts';
import { createStrategy, type StrategySpec } from './strategies.ts';
import type { Outcome, Strategy, Task } from './strategy.ts';

const space = createSearchSpace({ x: { from: -5, to: 5 }, y: { from: -5, to: 5 } });
const bowl = ({ settings: { x, y } }: Task) => ((x as number) - 1) ** 2 + ((y as number) + 2) ** 2;
const create = (spec: StrategySpec, trials: number | undefined, { epochs = 9, seed = 1, of = space } = {}) =>
  createStrategy(spec, of, { budget: { trials, epochs }, seed, where: 'sweep.json' });

/** Runs one task at a time, which `pick` takes of those that are left. */
function runAll(
  strategy: Strategy,
  objective: (task: Task) => number,
  pick = (left: readonly Task[]) => left[0]!,
): Outcome[] {
  const outcomes: Outcome[] = [];
  for (;;) {
    const isDone = (task: Task) =>
      outcomes.some(({ trial, epochs }) => trial === task.trial && epochs === task.epochs);
    const left = strategy.tasks(outcomes).filter((task) => !isDone(task));
    if (left.length === 0) return outcomes;
    const task = pick(left);
    outcomes.push({ trial: task.trial, epochs: task.epochs, value: objective(task) });
  }
}

describe('Hyperband', () => {
  it('has the brackets of table 1 of Li et al. (2018), for R = 81 and eta = 3', () => {
    const table = bracketsOf({ epochs: 81, eta: 3 }).map((rungs) =>
      rungs.map(({ count, epochs }) => [count, epochs]),
    );
    expect(table).toEqual([
      [
        [81, 1],
        [27, 3],
        [9, 9],
        [3, 27],
        [1, 81],
      ],
      [
        [34, 3],
        [11, 9],
        [3, 27],
        [1, 81],
      ],
      [
        [15, 9],
        [5, 27],
        [1, 81],
      ],
      [
        [8, 27],
        [2, 81],
      ],
      [[5, 81]],
    ]);
  });

  it('runs brackets side by side, each trial once', () => {
    const outcomes = runAll(create('hyperband', undefined), bowl);
    expect(new Set(outcomes.map(({ trial }) => trial)).size).toBe(9 + 5 + 3);
    expect(outcomes).toHaveLength(9 + 3 + 1 + 5 + 1 + 3);
    expect(create('hyperband', undefined).tasks([])).toHaveLength(9 + 5 + 3);
  });

  it('says that it knows its trials itself', () => {
    expect(() => create('hyperband', 16)).toThrow(
      "sweep.json: the strategy 'hyperband' makes 17 trials of these ranges and epochs, and budget.trials is 16. Leave budget.trials out",
    );
  });
});

describe('successive halving', () => {
  it('takes the whole part of logarithms where floating point is below it', () => {
    expect(Math.floor(Math.log(1000) / Math.log(10))).toBe(2);
    expect(wholeLog(1000, 10)).toBe(3);
  });

  it('costs what its rungs go beyond those before', () => {
    const rungs = rungsOf(16, { epochs: 9, eta: 3, last: 2 });
    expect(rungs).toEqual([
      { count: 16, epochs: 1 },
      { count: 5, epochs: 3 },
      { count: 1, epochs: 9 },
    ]);
    expect(epochsOf(rungs)).toBe(16 + 5 * 2 + 6);
  });

  it('lets the best of each rung go on, and no one before the rung is done', () => {
    const strategy = create('halving', 9);
    const first = strategy.tasks([]);
    expect(first.map(({ epochs }) => epochs)).toEqual(new Array(9).fill(1));
    const outcomes = first.map((task) => ({ trial: task.trial, epochs: 1, value: bowl(task) }));
    expect(strategy.tasks(outcomes.slice(1))).toHaveLength(9);
    const best = [...outcomes].sort((a, b) => a.value - b.value).slice(0, 3);
    const second = strategy.tasks(outcomes).slice(9);
    expect(new Set(second.map(({ trial }) => trial))).toEqual(new Set(best.map(({ trial }) => trial)));
    expect(second.map(({ epochs }) => epochs)).toEqual([3, 3, 3]);
  });

  it('lets no failed trial go on, and takes the earlier of equal ones', () => {
    const failing = runAll(create('halving', 9), ({ trial }) => (trial < 8 ? Number.NaN : 1));
    expect(failing.slice(9).map(({ trial, epochs }) => [trial, epochs])).toEqual([
      [8, 3],
      [8, 9],
    ]);
    const equal = runAll(create('halving', 9), () => 1);
    expect(equal.slice(9).map(({ trial }) => trial)).toEqual([0, 1, 2, 0]);
  });

  it('refuses to begin beyond its end', () => {
    expect(() => create({ type: 'halving', minEpochs: 10 }, 9)).toThrow(
      'sweep.json: minEpochs is 10, and budget.epochs, where the best trials end, is 9',
    );
  });
});

describe.each(['sobol', 'random', 'grid', 'halving', 'hyperband', 'tpe'])('%s', (type) => {
  const of =
    type === 'grid'
      ? createSearchSpace({ x: { from: -5, to: 5, points: 5 }, y: { from: -4, to: 4, step: 2 } })
      : space;
  const trials = type === 'hyperband' || type === 'grid' ? undefined : 22;

  it('comes to the same trials in any order of work', () => {
    const inOrder = runAll(create(type, trials, { of }), bowl);
    const strategy = create(type, trials, { of });
    const backwards = runAll(strategy, bowl, (left) => left.at(-1)!);
    const sorted = (outcomes: Outcome[]) => outcomes.sort((a, b) => a.trial - b.trial || a.epochs - b.epochs);
    expect(sorted(backwards)).toEqual(sorted(inOrder));
    expect(strategy.tasks(backwards)).toEqual(create(type, trials, { of }).tasks(inOrder));
  });

  it('finds what is good by trials as many as it says', () => {
    const strategy = create(type, trials, { of });
    const outcomes = runAll(strategy, bowl);
    expect(new Set(outcomes.map(({ trial }) => trial)).size).toBe(strategy.trials);
    expect(Math.min(...outcomes.map(({ value }) => value))).toBeLessThan(8);
  });
});

describe('a grid', () => {
  it('tries every value with every other, the last one first, and settings only where they count', () => {
    const of = createSearchSpace({
      net: ['mlp', 'conv'],
      rate: { log: [1e-4, 1e-2], points: 3 },
      channels: { from: 8, to: 16, step: 8, when: { net: 'conv' } },
    });
    expect(
      create('grid', undefined, { of })
        .tasks([])
        .map(({ settings }) => settings),
    ).toEqual([
      ...[1e-4, 1e-3, 1e-2].map((rate) => ({ net: 'mlp', rate })),
      ...[1e-4, 1e-3, 1e-2].flatMap((rate) => [8, 16].map((channels) => ({ net: 'conv', rate, channels }))),
    ]);
  });

  it('asks which numbers it is of, and is not endless', () => {
    expect(() => create('grid', undefined)).toThrow(
      'a grid needs to know which numbers of x it is of. Give its range "points": 5',
    );
    const of = createSearchSpace({ x: { from: 0, to: 1e9, whole: true } });
    expect(() => create('grid', undefined, { of })).toThrow('more than 10000 trials');
    expect(() => create('grid', 3, { of: createSearchSpace({ x: [1, 2] }) })).toThrow('makes 2 trials');
  });
});

describe('TPE', () => {
  it('is better than random trials on a bowl and on the Branin function, in the median of seeds', () => {
    const branin = ({ settings }: Task) => {
      const [x, y] = [1.5 * (settings.x as number) + 2.5, 1.5 * (settings.y as number) + 7.5];
      const a = y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6;
      return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    };
    for (const [objective, least] of [
      [bowl, 0],
      [branin, 0.397887],
    ] as const) {
      const regret = (type: string) =>
        median(
          Array.from({ length: 15 }, (_, seed) => {
            const outcomes = runAll(create(type, 50, { seed }), objective);
            return Math.min(...outcomes.map(({ value }) => value)) - least;
          }),
        );
      expect(regret('tpe')).toBeLessThan(0.5 * regret('random'));
    }
  });

  it('begins with random trials, and chooses a batch at a time whatever the workers', () => {
    const strategy = create({ type: 'tpe', batch: 3 }, 20);
    const first = strategy.tasks([]);
    expect(first.map(({ settings }) => settings)).toEqual(
      create('random', 10)
        .tasks([])
        .map(({ settings }) => settings),
    );
    const done = first.map((task) => ({ trial: task.trial, epochs: 9, value: bowl(task) }));
    expect(strategy.tasks(done)).toHaveLength(13);
    expect(strategy.tasks(done.slice(1))).toHaveLength(10);
  });

  it('searches settings that only some trials have', () => {
    const of = createSearchSpace({
      net: ['mlp', 'conv'],
      depth: { from: 1, to: 6, whole: true, when: { net: 'mlp' } },
      channels: { from: 8, to: 64, step: 8, when: { net: 'conv' } },
    });
    const outcomes = create('tpe', 30, { of });
    const value = ({ settings: { net, channels } }: Task) =>
      net === 'conv' ? Math.abs((channels as number) - 40) / 8 : 9;
    runAll(outcomes, value);
    const tasks = outcomes.tasks(runAll(create('tpe', 30, { of }), value));
    for (const { settings } of tasks) {
      expect(Object.keys(settings)).toEqual(settings.net === 'mlp' ? ['net', 'depth'] : ['net', 'channels']);
    }
    expect(tasks.slice(10).filter(({ settings }) => settings.net === 'conv').length).toBeGreaterThan(13);
  });

  it('wants more trials than it begins with', () => {
    expect(() => create('tpe', 10)).toThrow(
      "the strategy 'tpe' learns from 10 random trials, and budget.trials is 10",
    );
  });
});

describe('a strategy', () => {
  it.each([
    [
      'annealing',
      "sweep.json: it must be an object with a type, 'sobol', 'random', 'grid', 'halving', 'hyperband' or 'tpe', got 'annealing'",
    ],
    [{ type: 'halving', etta: 3 }, "sweep.json: there is no field etta. Did you mean 'eta'?"],
    [{ type: 'tpe', batch: 0 }, 'sweep.json: batch must be a whole number of at least 1, got 0'],
    ['sobol', "the strategy 'sobol' needs budget.trials"],
  ] as [StrategySpec, string][])('%j says what is wrong', (spec, message) => {
    expect(() => create(spec, undefined)).toThrow(message);
  });
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

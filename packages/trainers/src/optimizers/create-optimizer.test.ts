import { expect, it } from 'vitest';
import { createOptimizer, type OptimizerSpec } from './create-optimizer.ts';
import { slotShapes } from './slot-shapes.ts';

it.each([
  ['adam', ['m', 'v']],
  ['adamax', ['m', 'u']],
  ['rmsprop', ['v']],
  ['sgd', []],
] as const)('knows %s, which remembers %j', (name, slots) => {
  expect(createOptimizer({ name }).rule.slots).toEqual(slots);
});

it('remembers a velocity where there is momentum', () => {
  expect(createOptimizer({ name: 'sgd', momentum: 0.9 }).rule.slots).toEqual(['velocity']);
});

it('names the slots after their parameters', () => {
  expect(slotShapes(createOptimizer({ name: 'adam' }), { w: [2, 3], s: [] })).toEqual({
    'w/m': [2, 3],
    'w/v': [2, 3],
    's/m': [],
    's/v': [],
  });
});

it('knows no other', () => {
  const call = (name: string) => () => createOptimizer({ name } as unknown as OptimizerSpec);
  expect(call('adan')).toThrow(/^optimizer: name must be .* got 'adan'. Did you mean 'adam'\?$/);
  expect(call('toString')).toThrow("got 'toString'");
  const misspelt = { name: 'adam', learningRate: 1 } as unknown as OptimizerSpec;
  expect(() => createOptimizer(misspelt)).toThrow('there is no field learningRate');
});

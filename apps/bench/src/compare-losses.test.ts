import { expect, test } from 'vitest';
import { compareLosses } from './compare-losses.ts';

test('a loss within a tenth of ours is no news, one beyond it is', () => {
  const others = [
    { title: 'jax', loss: 209 },
    { title: 'keras xla (1 thread)', loss: 150 },
    { title: 'pytorch', loss: Number.NaN },
    { title: 'tfjs-cpu' },
  ];
  expect(compareLosses('train-step/x', 200, others)).toEqual([
    'keras xla (1 thread) at train-step/x: its loss over the first 10 steps is 150.0, ours 200.0 (25% off); it may train another model',
    'pytorch at train-step/x: its loss over the first 10 steps is NaN, ours 200.0 (no number); it may train another model',
  ]);
  expect(compareLosses('train-step/x', undefined, others)).toEqual([]);
});

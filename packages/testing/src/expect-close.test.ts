import { expect, it } from 'vitest';
import { expectClose } from './expect-close.ts';

it('passes within the tolerance, and for equal infinities and NaN', () => {
  expectClose([1.000001, 0, Infinity, NaN], [1, 1e-7, Infinity, NaN]);
  expectClose([], []);
});

it('names the worst element', () => {
  expect(() => expectClose([1, 2.1, 9], [1, 2, 3], { what: 'loss' })).toThrow(
    'loss: 2 of 3 numbers differ; the worst is [2]: expected 3, got 9',
  );
});

it('lets no NaN through, and finds it worse than any number', () => {
  expect(() => expectClose([9, NaN, 9], [1, 2, 3])).toThrow('the worst is [1]: expected 2, got NaN');
  expect(() => expectClose([1], [NaN])).toThrow('expected NaN, got 1');
});

it('finds an infinity close to nothing else', () => {
  expect(() => expectClose([Infinity], [1])).toThrow('got Infinity');
  expect(() => expectClose([1], [Infinity])).toThrow('expected Infinity');
  expect(() => expectClose([-Infinity], [Infinity])).toThrow('got -Infinity');
});

it('tells lengths that differ', () => {
  expect(() => expectClose([1], [1, 2])).toThrow('expected 2 numbers, got 1');
});

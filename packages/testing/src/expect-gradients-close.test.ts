import { expect, it } from 'vitest';
import { expectGradientsClose } from './expect-gradients-close.ts';

const f = ([x, y]: Float64Array[]) => x![0]! ** 2 * y![0]!;
const point = [Float64Array.of(3), Float64Array.of(2)];

it('passes for the right gradients', () => {
  expectGradientsClose([[12], [9]], f, point);
});

it('names the argument whose gradient is wrong', () => {
  expect(() => expectGradientsClose([[12], [18]], f, point, { names: ['x', 'y'] })).toThrow(
    /^gradient of y: 1 of 1/,
  );
  expect(() => expectGradientsClose([[1], [9]], f, point)).toThrow(/^gradient of argument 0/);
});

it('wants one gradient per argument', () => {
  expect(() => expectGradientsClose([[12]], f, point)).toThrow('expected 2 gradients, got 1');
});

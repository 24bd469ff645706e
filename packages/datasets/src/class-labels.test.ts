import { expect, it } from 'vitest';
import { classesOfTexts } from './class-labels.ts';

it('numbers stay what they are, also as pandas writes floats', () => {
  expect(classesOfTexts(['3', ' 0', '-1'])).toEqual({ labels: Int32Array.of(3, 0, -1) });
  expect(classesOfTexts(['3.0', '0.0', '-1.0'])).toEqual({ labels: Int32Array.of(3, 0, -1) });
});

it('words are names in their order, and nothing is no class', () => {
  expect(classesOfTexts(['setosa', 'iris', ' setosa', '', '7'])).toEqual({
    labels: Int32Array.of(2, 1, 2, -1, 0),
    names: ['7', 'iris', 'setosa'],
  });
});

it('names of records are names', () => {
  expect(classesOfTexts(['__proto__', 'constructor']).labels).toEqual(Int32Array.of(0, 1));
});

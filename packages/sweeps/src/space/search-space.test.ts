import { describe, expect, it } from 'vitest';
import type { Ranges } from './ranges.ts';
import { createSearchSpace } from './search-space.ts';

const at = (ranges: Ranges, ...point: number[]) => createSearchSpace(ranges).at(point);

describe('a search space', () => {
  it('gives values of a list equal parts', () => {
    const values = [0, 0.24, 0.25, 0.5, 0.999].map((x) => at({ latentDim: [2, 5, 10, 20] }, x).latentDim);
    expect(values).toEqual([2, 2, 5, 10, 20]);
  });

  it('goes evenly from one number to another, or by their logarithms', () => {
    expect(at({ beta: { from: 0.5, to: 4 } }, 0.5)).toEqual({ beta: 2.25 });
    expect(at({ rate: { log: [1e-4, 1e-2] } }, 0.5)).toEqual({ rate: 0.001 });
    expect(at({ rate: { log: [1e-4, 1e-2] } }, 1 / 3)).toEqual({ rate: 0.000464159 }); // of six digits
  });

  it('gives whole numbers and steps equal parts, the ends too', () => {
    const wholes = Array.from(
      { length: 40 },
      (_, i) => at({ n: { from: 1, to: 4, whole: true } }, (i + 0.5) / 40).n,
    );
    expect([1, 2, 3, 4].map((n) => wholes.filter((one) => one === n).length)).toEqual([10, 10, 10, 10]);
    const steps = [0, 0.5, 0.99].map((x) => at({ share: { from: 0.1, to: 0.35, step: 0.1 } }, x).share);
    expect(steps).toEqual([0.1, 0.2, 0.3]);
  });

  it('leaves out what does not count', () => {
    const ranges: Ranges = {
      net: ['mlp', 'conv', 'residual'],
      depth: { from: 1, to: 4, whole: true, when: { net: 'mlp' } },
      channels: { oneOf: [16, 32], when: { net: ['conv', 'residual'] } },
    };
    expect(at(ranges, 0, 0.5, 0.5)).toEqual({ net: 'mlp', depth: 3 });
    expect(at(ranges, 0.9, 0.5, 0.5)).toEqual({ net: 'residual', channels: 32 });
  });

  it.each([
    [{}, 'there is no range: name a setting, and its values'],
    [{ a: 5 }, 'a must be a list of values, { from, to }, { log: [from, to] } or { oneOf: [...] }, got 5'],
    [{ a: [] }, 'a must have at least one value'],
    [{ a: [1, 2, 1] }, 'a: holds 1 twice. Leave one of them out'],
    [{ a: { from: 1 } }, 'a.to is missing: it must be a number'],
    [{ a: { from: 1, too: 2 } }, "there is no field a.too. Did you mean 'to'?"],
    [{ a: { from: 3, to: 2 } }, 'a: goes from 3 to 2, which is not upwards'],
    [{ a: { from: 0, to: 1, step: 2 } }, 'a: has a step of 2, which is longer than the way from 0 to 1'],
    [{ a: { from: 0.5, to: 2, whole: true } }, 'a: is of whole numbers, and 0.5 is none'],
    [{ a: { log: [0, 1] } }, 'a.log[0] must be a number above 0, got 0'],
    [
      { a: { log: [1, 2, 3] } },
      'a: has 3 numbers in log, and needs two: [from, to]. Values one by one are a list without log',
    ],
    [
      { a: { from: 0, to: 1, when: { b: 1 } } },
      'a.when speaks of b, which must be a range that stands before a',
    ],
    [
      { b: { from: 0, to: 1 }, a: { from: 0, to: 1, when: { b: 1 } } },
      'a.when speaks of b, which must be a list of values',
    ],
    [
      { b: ['x', 'y'], a: { from: 0, to: 1, when: { b: 'z' } } },
      'a.when wants b to be "z", which it never is: its values are "x", "y"',
    ],
  ] as unknown as [Ranges, string][])('%j says what is wrong', (ranges, message) => {
    expect(() => createSearchSpace(ranges, 'sweep.json: ranges')).toThrow(
      expect.objectContaining({
        code: 'E_CONFIG',
        message: expect.stringContaining(`sweep.json: ranges: ${message}`),
      }),
    );
  });
});

import { expect, it } from 'vitest';
import { standardizePoints } from './standardize-points.ts';

const columns = (...given: readonly (readonly number[])[]) => {
  const [count, dimensions] = [given[0]!.length, given.length];
  const data = Float64Array.from({ length: count * dimensions }, (_, at) => {
    return given[at % dimensions]![Math.floor(at / dimensions)]!;
  });
  return { data, count, dimensions };
};
const code = (one: string) => expect.objectContaining({ code: one });

it('gives each column mean 0 and standard deviation 1, whatever its unit', () => {
  const { data } = standardizePoints(columns([1, 2, 3, 4, 5], [3e6, 1e6, 5e6, 4e6, 2e6]));
  const step = Math.fround(1 / Math.SQRT2); // the standard deviation of 1 to 5 is the root of 2
  expect([...data]).toEqual([-2 * step, 0, -step, -2 * step, 0, 2 * step, step, step, 2 * step, -step]);
});

it('keeps what is small beside a large mean: seconds since 1970', () => {
  const { data } = standardizePoints(columns([1.7e9, 1.7e9 + 1, 1.7e9 + 2]));
  expect(data).toEqual(Float32Array.of(-Math.sqrt(3 / 2), 0, Math.sqrt(3 / 2)));
});

it('makes a column of one value 0, though the mean of many tenths is not a tenth', () => {
  const { data } = standardizePoints(columns(Array(1000).fill(0.1), [...Array(1000).keys()]));
  expect(data.filter((_, i) => i % 2 === 0)).toEqual(new Float32Array(1000));
});

it('names what is no number, and refuses other arrays', () => {
  expect(() => standardizePoints(columns([1, 2], [3, Number.NaN]))).toThrow('NaN in row 1, column 1');
  expect(() => standardizePoints(columns([1, 2], [3, Number.NaN]))).toThrow(code('E_NOT_FINITE'));
  const narrow = { data: new Float32Array(2), count: 2, dimensions: 1 };
  expect(() => standardizePoints(narrow as never)).toThrow(code('E_USAGE'));
  expect(() => standardizePoints({ data: new Float64Array(3), count: 2, dimensions: 1 })).toThrow(
    code('E_SHAPE'),
  );
});

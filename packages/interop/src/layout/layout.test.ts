import { describe, expect, it } from 'vitest';
import { turnAxis, turnKernel } from './channels-first.ts';
import { inverseOf, permute } from './permute.ts';

const counted = (...shape: number[]) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
});
const at = ({ shape, data }: { shape: readonly number[]; data: Float32Array }, ...index: number[]) =>
  data[index.reduce((sum, value, axis) => sum * shape[axis]! + value, 0)];

it('permute puts every number where its index says', () => {
  const array = counted(2, 3, 4, 5);
  const order = [2, 0, 3, 1];
  const turned = permute(array, order);
  expect(turned.shape).toEqual([4, 2, 5, 3]);
  for (let a = 0; a < 2; a++)
    for (let b = 0; b < 3; b++)
      for (let c = 0; c < 4; c++)
        for (let d = 0; d < 5; d++) expect(at(turned, c, a, d, b)).toBe(at(array, a, b, c, d));
  expect(permute(turned, inverseOf(order))).toEqual(array);
});

it('permute of one axis, and of none, is the same', () => {
  expect(permute(counted(3), [0])).toEqual(counted(3));
  expect(permute(counted(), [])).toEqual(counted());
  expect(() => permute(counted(2, 2), [0])).toThrow(expect.objectContaining({ code: 'E_SHAPE' }));
});

describe('channels first', () => {
  it('turns kernels', () => {
    const kernel = counted(3, 2, 5, 7);
    const turned = turnKernel(kernel, 'there');
    expect(turned.shape).toEqual([7, 5, 3, 2]);
    expect(at(turned, 6, 4, 2, 1)).toBe(at(kernel, 2, 1, 4, 6));
    expect(turnKernel(turned, 'back')).toEqual(kernel);
  });

  it.each([0, 1])('turns axis %i of a matrix', (axis) => {
    const image = [2, 3, 5];
    const matrix = axis === 0 ? counted(30, 4) : counted(4, 30);
    const turned = turnAxis(matrix, axis, image, 'there');
    const [h, w, c] = [1, 2, 3];
    const old = (h * 3 + w) * 5 + c;
    const now = (c * 2 + h) * 3 + w;
    expect(axis === 0 ? at(turned, now, 3) : at(turned, 3, now)).toBe(
      axis === 0 ? at(matrix, old, 3) : at(matrix, 3, old),
    );
    expect(turnAxis(turned, axis, image, 'back')).toEqual(matrix);
  });
});

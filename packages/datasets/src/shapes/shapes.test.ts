import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { drawShape, SHAPE_FACTORS, SHAPE_SIZES, type ShapeValues } from './draw-shape.ts';
import { generateShapes, shapesDataset } from './generate-shapes.ts';

const draw = (values: Partial<ShapeValues>) => {
  const out = new Uint8Array(64 * 64);
  drawShape({ shape: 0, scale: 5, orientation: 0, x: 0, y: 0, ...values }, out);
  return out;
};
const areaOf = (image: Uint8Array) => image.filter((value) => value === 255).length;

/** Mean row and column of what is white. */
function middleOf(image: Uint8Array): [number, number] {
  let [rows, columns] = [0, 0];
  image.forEach((value, i) => {
    if (value === 0) return;
    rows += Math.floor(i / 64);
    columns += i % 64;
  });
  return [rows / areaOf(image), columns / areaOf(image)];
}

it('areas are those of the shapes, and grow with the square of the scale', () => {
  const r = 11;
  expect(areaOf(draw({ shape: 0 }))).toBeCloseTo((1.5 * r) ** 2, -2);
  expect(areaOf(draw({ shape: 1 })) / ((Math.PI * r * r) / 2)).toBeCloseTo(1, 1);
  expect(areaOf(draw({ shape: 2 })) / ((3.66 * r * r) / 1.5625)).toBeCloseTo(1, 1); // the curve holds 3.66
  expect(areaOf(draw({ shape: 1, scale: 0 })) / areaOf(draw({ shape: 1 }))).toBeCloseTo(0.25, 1);
});

it('places move the middle from 16 to 47, and no shape leaves the image', () => {
  expect(middleOf(draw({ shape: 1 }))).toEqual([16, 16]);
  expect(middleOf(draw({ shape: 1, x: 31, y: 31 }))).toEqual([47, 47]);
  for (const shape of [0, 1, 2]) {
    for (let orientation = 0; orientation < 40; orientation += 3) {
      const image = draw({ shape, orientation });
      expect(image.some((value, i) => value === 255 && (i % 64 === 0 || i < 64))).toBe(false);
    }
  }
});

it('a square is the same after a quarter turn, an ellipse after a half', () => {
  expect(areaOf(draw({ shape: 0, orientation: 10 }))).toBe(areaOf(draw({ shape: 0 })));
  expect(areaOf(draw({ shape: 1, orientation: 20 }))).toBe(areaOf(draw({ shape: 1 })));
});

it('image i depends on the seed and on i alone; all values of factors come', () => {
  const { images, labels, factors } = generateShapes({ count: 300, seed: 3 });
  const later = generateShapes({ count: 5, seed: 3, firstIndex: 100 });
  expect(later.images).toEqual(images.subarray(100 * 4096, 105 * 4096));
  expect(factors.names).toEqual([...SHAPE_FACTORS]);
  SHAPE_FACTORS.forEach((name, at) => {
    const values = labels.length && Array.from({ length: 300 }, (_, i) => factors.values[i * 5 + at]!);
    expect(Math.max(...(values as number[]))).toBeLessThan(SHAPE_SIZES[name]);
    expect(new Set(values as number[]).size).toBeGreaterThan(SHAPE_SIZES[name] * 0.9);
  });
  expect(Array.from(labels)).toEqual(Array.from({ length: 300 }, (_, i) => factors.values[i * 5]));
});

it('keeps its pixels: a seed means the same tomorrow', () => {
  const { images } = generateShapes({ count: 50, seed: 1 });
  expect(createHash('sha256').update(images).digest('hex').slice(0, 16)).toBe('afc33acf38a93af5');
  expect(() => generateShapes({ count: 0 })).toThrow('count must be a whole number from 1');
  expect(() => generateShapes({ count: 2 ** 21 })).toThrow('of at most 2^32');
  const { train, validation } = shapesDataset({ train: 3, validation: 2 });
  expect([train.count, validation.count]).toEqual([3, 2]);
});

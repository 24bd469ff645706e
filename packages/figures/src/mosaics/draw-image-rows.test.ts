import { expect, test } from 'vitest';
import { drawImageRows } from './draw-image-rows.ts';

const shape = { height: 4, width: 4, channels: 1 };
const images = (count: number) => new Uint8Array(16 * count);
const captions = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`);

test('rows have their names and notes, columns their captions', () => {
  const rows = [{ name: 'first', note: 'KL 1' }, { name: 'second' }];
  const svg = drawImageRows({ images: images(6), shape, rows, columns: captions(3) });
  expect(svg.match(/<image/g)).toHaveLength(1);
  for (const text of ['first', 'KL 1', 'second', 'c0', 'c1', 'c2']) expect(svg).toContain(`>${text}<`);
});

test('groups are apart, a picture each', () => {
  const svg = drawImageRows({ images: images(5), shape, rows: [{ name: '' }], groups: [1, 3, 1] });
  const places = [...svg.matchAll(/<image x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map((one) =>
    one.slice(1).map(Number),
  );
  expect(places.map(([, width]) => width)).toEqual([112, 344, 112]);
  expect(places.map(([x]) => x)).toEqual([24, 24 + 112 + 16, 24 + 112 + 16 + 344 + 16]);
});

test('captions without room are left out, the last one stays', () => {
  const rows = [{ name: '' }];
  const columns = captions(61).map((caption) => `${caption} long`);
  const svg = drawImageRows({ images: images(61), shape, rows, columns });
  expect(svg).toContain('>c0 long<');
  expect(svg).not.toContain('>c1 long<');
  expect(svg).toContain('>c60 long<');
});

test('a place may be blank, whatever its numbers say', () => {
  const rows = [{ name: '' }, { name: '' }];
  const draw = (grey: number, isBlank?: (row: number, column: number) => boolean) => {
    const pictures = images(4).fill(grey, 16, 32); // the second of the first row
    return drawImageRows({ images: pictures, shape, rows, ...(isBlank && { isBlank }) });
  };
  const isBlank = (row: number, column: number) => row === 0 && column === 1;
  expect(draw(200, isBlank)).toBe(draw(90, isBlank));
  expect(draw(200, isBlank)).not.toBe(draw(200));
});

test.each([
  ['no whole rows', { images: images(5), rows: [{ name: '' }, { name: '' }] }],
  ['a caption too few', { images: images(4), rows: [{ name: '' }], columns: captions(3) }],
  ['groups of more', { images: images(4), rows: [{ name: '' }], groups: [2, 3] }],
  ['no rows', { images: images(4), rows: [] }],
])('%s are refused', (_, given) => {
  expect(() => drawImageRows({ shape, ...given })).toThrow(expect.objectContaining({ code: 'E_SHAPE' }));
});

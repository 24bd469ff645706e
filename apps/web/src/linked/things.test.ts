import { describe, expect, it } from 'vitest';
import { sayThing, thingsOfFile, thingsOfRun } from './things.ts';

const shape = { height: 2, width: 1, channels: 1 };

describe('what lies on linked maps', () => {
  it('is an image by its number and class', () => {
    const labels = Uint8Array.of(1, 0);
    const things = thingsOfRun({ images: new Uint8Array(4), shape, labels, classNames: ['oak', 'elm'] });
    expect(sayThing(things, 0)).toBe('Image 1, class elm');
    expect(things.table).toBeUndefined();
  });

  it("is a row of a run's table with all its cells, of which few are told", () => {
    const table = { columns: ['a', 'b', 'c', 'd', 'e'], rows: [[1, 'x', 2, 3, 4]] };
    const things = thingsOfRun({ images: new Uint8Array(0), shape, table });
    expect(things.table?.cellsOf(0)).toEqual([1, 'x', 2, 3, 4]);
    expect(sayThing(things, 0)).toBe('Row 1: a 1, b x, c 2, d 3');
  });

  it('is a row of a file with its first columns, in short; one of no class has none', () => {
    const first = [
      { name: 'tree', values: 'the oak\nan elm' },
      { name: 'height', values: Float32Array.of(1.1, 20_345.678) },
    ];
    const things = thingsOfFile({ first, labels: Int32Array.of(-1, 0), names: ['far'] });
    expect([0, 1].map((row) => sayThing(things, row))).toEqual([
      'Row 1: tree the oak, height 1.1',
      'Row 2, class far: tree an elm, height 20350',
    ]);
    expect(things.table?.columns).toEqual(['tree', 'height']);
  });
});

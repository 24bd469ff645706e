import { expect, it } from 'vitest';
import { encodeCsvText } from './encode-csv-text.ts';

it('writes decimal commas between semicolons, and what parseCsvText reads back', () => {
  expect(
    encodeCsvText(
      ['x', 'kind'],
      [
        [1.5, 'a;b'],
        [-2, 'c'],
      ],
      { decimal: ',' },
    ),
  ).toBe('x;kind\n1,5;"a;b"\n-2;c\n');
  expect(encodeCsvText(['x'], [[1.5]], { delimiter: '\t' })).toBe('x\n1.5\n');
  expect(() => encodeCsvText(['x'], [], { delimiter: ',', decimal: ',' })).toThrow("can't be both");
});

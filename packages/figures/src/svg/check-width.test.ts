import { expect, test } from 'vitest';
import { checkWidth } from './check-width.ts';

test('narrow and endless figures are refused', () => {
  for (const width of [0, -1, 239, Infinity, Number.NaN]) {
    expect(() => checkWidth('f', width)).toThrow(expect.objectContaining({ code: 'E_RANGE' }));
  }
  checkWidth('f', 240);
});

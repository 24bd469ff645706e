import { expect, test } from 'vitest';
import { lossColumn } from './loss-row.ts';

test('missing, null and infinite losses are NaN', () => {
  const history = [{ epoch: 1, kl: 2 }, { epoch: 2 }, { epoch: 3, kl: null }, { epoch: 4, kl: Infinity }];
  expect(lossColumn(history, 'kl')).toEqual([2, NaN, NaN, NaN]);
});

import { expect, test } from 'vitest';
import { parseCounts } from './parse-counts.ts';

test.each([
  ['2', [2]],
  ['4, 1,2,1', [1, 2, 4]],
])('%j are the counts %j', (text, counts) => expect(parseCounts(text)).toEqual(counts));

test.each(['', '1,', '0,1', 'two'])('%j are no counts', (text) => {
  expect(() => parseCounts(text)).toThrow('It must be a whole number');
});

import { expect, test } from 'vitest';
import { withoutComments } from './without-comments.ts';

test.each([
  ['{ "a": 1 } // end', { a: 1 }],
  ['{\n  // first\n  "a": [1, 2,], /* no\n more */ "b": "x // y", }', { a: [1, 2], b: 'x // y' }],
  ['{ "a": "\\"/* , ] */" }', { a: '"/* , ] */' }],
])('%j is read', (text, value) => {
  expect(JSON.parse(withoutComments(text))).toEqual(value);
  expect(withoutComments(text)).toHaveLength(text.length);
});

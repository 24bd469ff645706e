import { expect, test } from 'vitest';
import { label } from './label.ts';

test('a style sets size and colour, attributes override it', () => {
  const text = label('title', 'Loss', 1, 2, { fill: 'red' });
  expect(text.attributes.get('font-weight')).toBe('600');
  expect(text.attributes.get('fill')).toBe('red');
  expect(label('tick', '1', 0, 0).attributes.has('font-weight')).toBe(false);
});

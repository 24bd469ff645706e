import { expect, test } from 'vitest';
import { label } from './label.ts';

test('a style sets size and colour, attributes override it', () => {
  const text = label('title', 'Loss', 1, 2, { fill: 'red' });
  expect(text.getAttribute('font-weight')).toBe('600');
  expect(text.getAttribute('fill')).toBe('red');
  expect(label('tick', '1', 0, 0).hasAttribute('font-weight')).toBe(false);
});

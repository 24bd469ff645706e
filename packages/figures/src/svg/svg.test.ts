import { expect, test } from 'vitest';
import { svg } from './svg.ts';

test('numbers keep two decimals, in attributes and in paths', () => {
  const { attributes } = svg('path', {
    ...{ x: 12.34567, y: -0.0001 },
    ...{ d: 'M1.23456,-7.00001L1e3,0.5', href: 'data:1.23456' },
  });
  expect(Object.fromEntries(attributes)).toEqual({
    x: '12.35',
    y: '0',
    d: 'M1.23,-7L1e3,0.5',
    href: 'data:1.23456',
  });
});

test('what is undefined is left out', () => {
  expect([...svg('g', { rx: undefined, fill: 'none' }).attributes.keys()]).toEqual(['fill']);
});

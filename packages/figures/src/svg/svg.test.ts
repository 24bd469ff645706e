import { expect, test } from 'vitest';
import { serializeSvg } from './serialize-svg.ts';
import { svg } from './svg.ts';

test('undefined attributes are left out, strings become text', () => {
  expect(serializeSvg(svg('text', { x: 1, fill: undefined }, 'a', svg('tspan')))).toBe(
    '<text x="1">a<tspan/></text>',
  );
});

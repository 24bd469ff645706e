import { expect, test } from 'vitest';
import { serializeSvg } from './serialize-svg.ts';
import { svg } from './svg.ts';

test('text and attributes are escaped', () => {
  expect(serializeSvg(svg('text', { 'aria-label': '"<' }, 'a < b & c'))).toBe(
    '<text aria-label="&quot;&lt;">a &lt; b &amp; c</text>',
  );
});

test('what XML cannot hold is replaced', () => {
  expect(serializeSvg(svg('text', {}, 'a\u0000b\ud800'))).toBe('<text>a\ufffdb\ufffd</text>');
});

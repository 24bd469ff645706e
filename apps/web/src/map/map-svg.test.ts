import { expect, it } from 'vitest';
import { drawMapSvg } from './map-svg.ts';

it('draws each code where it lies, in one scale, its class by name, and the rings of the prior', () => {
  const svg = drawMapSvg({
    ...{ x: [-2, 0, 2], y: [0, 0, 1], labels: [0, 1, 1] },
    ...{ classNames: ['cats & dogs', '<b>'], hasRings: true },
  });
  // 752 px are 4 deviations: 188 px each, from the middle of 800.
  const places = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="3"/g)].map(([, x, y]) => [x, y]);
  expect(places).toEqual([
    ['24', '400'],
    ['400', '400'],
    ['776', '212'],
  ]);
  expect(svg).toContain('class="ring" cx="400" cy="400" r="188"');
  expect(svg).toContain('>cats &amp; dogs</text>');
  expect(svg).toContain('>&lt;b&gt;</text>');
});

it('leaves points without a class hollow, and a single place in the middle', () => {
  const svg = drawMapSvg({ x: [5, 5], y: [1, 1], labels: [-1, -1], hasRings: false });
  expect(svg).toContain('cx="400" cy="400" r="3" fill="none"');
  expect(svg).not.toContain('<text');
});

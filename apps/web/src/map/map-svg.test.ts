import { CLASS_COLORS, NO_CLASS_COLOR } from '@latentkit/figures/colors';
import { expect, it } from 'vitest';
import { drawMapSvg } from './map-svg.ts';

it('draws each code where it lies, in one scale, its class by name, and the rings of the prior', () => {
  const svg = drawMapSvg({
    ...{ x: [-2, 0, 2], y: [0, 0, 1], labels: Uint8Array.of(0, 1, 1) },
    ...{ classNames: ['cats & dogs', '<b>'], hasRings: true },
  });
  // 752 px are 4 deviations: 188 px each, from the middle of 800.
  const places = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="3"/g)].map(([, x, y]) => [x, y]);
  expect(places.sort()).toEqual([
    ['24', '400'],
    ['400', '400'],
    ['776', '212'],
  ]);
  expect(svg).toContain('class="ring" cx="400" cy="400" r="188"');
  expect(svg).toContain('>cats &amp; dogs</text>');
  expect(svg).toContain('>&lt;b&gt;</text>');
});

it('draws points without a class in grey, as the page does, and a single place in the middle', () => {
  const svg = drawMapSvg({ x: [5, 5], y: [1, 1], labels: Uint8Array.of(255, 255), hasRings: false });
  const grey = NO_CLASS_COLOR.light.rim;
  expect(svg).toContain(`cx="400" cy="400" r="3" fill="${grey}" stroke="${grey}"`);
  expect(svg).not.toContain('<text');
});

it('draws what is not selected, or of another class, grey and beneath; what is selected a little larger', () => {
  const of = { x: [0, 1, 2], y: [0, 1, 2], labels: Uint8Array.of(0, 1, 1), hasRings: false };
  const dotsIn = (svg: string) =>
    svg
      .split('<g stroke-width="0.75"')
      .slice(1)
      .map((group) => {
        const dots = [...group.matchAll(/<circle cx="([\d.]+)"[^>]* r="([\d.]+)" fill="(#\w+)"/g)];
        return dots.map(([, x, r, fill]) => `${x} ${r} ${fill}`).sort();
      });
  const grey = NO_CLASS_COLOR.light.rim;
  const [first, second] = CLASS_COLORS.light.map(({ fill }) => fill);
  const lassoed = drawMapSvg({ ...of, mask: Uint8Array.of(1, 0, 1) });
  expect(dotsIn(lassoed)).toEqual([[`400 3 ${grey}`], [`24 4.05 ${first}`, `776 4.05 ${second}`]]);
  const alone = drawMapSvg({ ...of, isolated: 1 });
  expect(dotsIn(alone)).toEqual([[`24 3 ${grey}`], [`400 3 ${second}`, `776 3 ${second}`]]);
  expect(alone).toContain('opacity="0.25">0</text>');
});

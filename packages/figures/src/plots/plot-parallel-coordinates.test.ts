import { expect, test } from 'vitest';
import { type ParallelAxis, plotParallelCoordinates } from './plot-parallel-coordinates.ts';

const axes: ParallelAxis[] = [
  { name: 'beta', ticks: [{ at: 0, text: '0.5' }] },
  { name: 'loss', ticks: [], none: 'failed' },
];

test('draws a line a trial, the best last and so on top', () => {
  const svg = plotParallelCoordinates(axes, [{ at: [0.2, 0] }, { at: [0.9, 1] }, { at: [0.5, undefined] }]);
  const strokes = [...svg.matchAll(/<path [^>]*stroke="(#\w+)"/g)].map(([, stroke]) => stroke);
  expect(strokes).toEqual(['#3f7fc1', '#3f7fc1', '#d9571e']);
  expect(svg).toContain('>failed</text>');
});

test('refuses what it cannot draw', () => {
  const draw = (some: ParallelAxis[], ...lines: (number | undefined)[][]) =>
    plotParallelCoordinates(
      some,
      lines.map((at) => ({ at })),
    );
  expect(() => draw(axes.slice(1), [0])).toThrow('expected two axes at least, got 1');
  expect(() => draw(axes)).toThrow('expected one line at least');
  expect(() => draw(axes, [0])).toThrow('line 0 must have a place on each of 2 axes');
  expect(() => draw(axes, [0, 1.2])).toThrow('line 0 must have places from 0 to 1, got 1.2');
});

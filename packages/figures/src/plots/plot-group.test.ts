import { expect, test } from 'vitest';
import { serializeSvg } from '../svg/serialize-svg.ts';
import { svg } from '../svg/svg.ts';
import { type ChartPlaces, plotGroup, tickRoom } from './plot-group.ts';

const scale = { domain: [0, 10] as [number, number], ticks: [0, 5, 10] };
const area = { left: 50, top: 20, width: 100, height: 100, x: scale, y: scale };

test('marks stand where the scales put them, y upwards', () => {
  const draw = (at: ChartPlaces) => [svg('circle', { cx: at.x(2.5), cy: at.y(7.5) })];
  expect(serializeSvg(plotGroup({ ...area, marks: draw }))).toContain('cx="75" cy="45"');
});

test('a logarithmic scale gives each power of ten the same room', () => {
  const y = { domain: [1, 1000] as [number, number], ticks: [], log: true };
  const draw = (at: ChartPlaces) => [1, 10, 100, 1000].map((value) => svg('circle', { cy: at.y(value) }));
  const text = serializeSvg(plotGroup({ ...area, y, marks: draw }));
  expect([...text.matchAll(/cy="([^"]*)"/g)].map(([, cy]) => cy)).toEqual(['120', '86.67', '53.33', '20']);
});

test('ticks are labelled, also on a logarithmic axis', () => {
  const y = { domain: [1, 1000] as [number, number], ticks: [1, 10, 100, 1000], log: true };
  const text = serializeSvg(plotGroup({ ...area, y, marks: () => [] }));
  for (const tick of ['>1<', '>10<', '>100<', '>1000<', '>5<']) expect(text).toContain(tick);
});

test('longer labels take more room', () => expect(tickRoom([1000000.5])).toBeGreaterThan(tickRoom([1])));

import { dot } from '@observablehq/plot';
import { expect, test } from 'vitest';
import { serializeSvg } from '../svg/serialize-svg.ts';
import { plotGroup, tickRoom } from './plot-group.ts';

const scale = { domain: [0, 10] as [number, number], ticks: [0, 5, 10] };
const area = { left: 50, top: 20, width: 100, height: 100, x: scale, y: scale };

test('marks stand where the scales put them, y upwards', () => {
  const text = serializeSvg(plotGroup({ ...area, marks: [dot([0], { x: [0], y: [10], fill: 'red' })] }));
  expect(text).toContain('translate(42,12)');
  expect(text).toContain('cx="8" cy="8"');
});

test('ticks are labelled, also on a logarithmic axis', () => {
  const y = { domain: [1, 1000] as [number, number], ticks: [1, 10, 100, 1000], log: true };
  const text = serializeSvg(plotGroup({ ...area, y, marks: [] }));
  for (const tick of ['>1<', '>10<', '>100<', '>1000<', '>5<']) expect(text).toContain(tick);
});

test('no style sheet and no CSS variable is left that another renderer would not know', () => {
  const text = serializeSvg(plotGroup({ ...area, marks: [] }));
  expect(text).not.toMatch(/<style|var\(|currentColor|class=/);
});

test('longer labels take more room', () => expect(tickRoom([1000000.5])).toBeGreaterThan(tickRoom([1])));

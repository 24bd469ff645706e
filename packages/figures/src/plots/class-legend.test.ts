import { expect, test } from 'vitest';
import { serializeSvg } from '../svg/serialize-svg.ts';
import { classLegend, legendWidth } from './class-legend.ts';

const entries = Array.from({ length: 40 }, (_, i) => ({ name: `class ${i}`, color: 'red' }));

test('every class has a swatch and its name', () => {
  const text = serializeSvg(classLegend(entries.slice(0, 10), 0, 0, 400));
  expect(text.match(/<circle/g)).toHaveLength(10);
  expect(text).toContain('class 9');
});

test('classes that do not fit are counted', () => {
  expect(serializeSvg(classLegend(entries, 0, 0, 400))).toContain('and 21 more');
});

test('long names are cut, and the legend stays narrow', () => {
  const long = [{ name: 'a name that would fill half of the figure by itself', color: 'red' }];
  expect(serializeSvg(classLegend(long, 0, 0, 400))).toContain('…');
  expect(legendWidth(long)).toBeLessThan(180);
  expect(legendWidth([])).toBe(0);
});

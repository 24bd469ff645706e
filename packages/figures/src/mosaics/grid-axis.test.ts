import { expect, test } from 'vitest';
import { serializeSvg } from '../svg/serialize-svg.ts';
import { horizontalAxis, verticalAxis } from './grid-axis.ts';

const axis = { range: [-3, 3] as [number, number], name: 'z', count: 15, length: 630 };

test('the ends of the range are at the centres of the first and the last image', () => {
  const text = serializeSvg(horizontalAxis(axis, 100, 0));
  expect(text).toMatch(/x="121" y="[\d.]+"[^>]*>−3</);
  expect(text).toMatch(/x="709" y="[\d.]+"[^>]*>3</);
});

test('values rise upwards', () => {
  const text = serializeSvg(verticalAxis(axis, 100, 0));
  const y = (tick: string) => Number(new RegExp(`y="([\\d.]+)"[^>]*>${tick}<`).exec(text)![1]);
  expect(y('3')).toBeLessThan(y('−3'));
});

test('a range that falls is drawn falling', () => {
  const text = serializeSvg(horizontalAxis({ ...axis, range: [3, -3] }, 100, 0));
  expect(text).toMatch(/x="121" y="[\d.]+"[^>]*>3</);
});

test('one image, or one value, has one tick in the middle', () => {
  expect(serializeSvg(horizontalAxis({ ...axis, count: 1 }, 0, 0))).toMatch(/x="315"[^>]*>0</);
});

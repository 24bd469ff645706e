import { expect, test } from 'vitest';
import { serializeSvg } from '../svg/serialize-svg.ts';
import { lossPanel } from './loss-panel.ts';

const place = { title: 'KL', smoothing: 1, left: 0, top: 0, width: 300 };
const draw = (values: number[], smoothing = 1) => {
  const epochs = values.map((_, i) => i + 1);
  const series = [{ name: 'train', color: '#123456', values }];
  return serializeSvg(lossPanel({ ...place, smoothing, epochs, series }));
};

test('the legend names the last finite value', () => {
  expect(draw([3, 2.5, Number.NaN])).toContain('train 2.5');
});

test('one epoch is a point', () => expect(draw([3]).match(/<circle/g)).toHaveLength(1));

test('many epochs are a line without points, but for those without a neighbour', () => {
  const values = Array.from({ length: 60 }, (_, i) => 100 / (i + 1));
  expect(draw(values)).not.toContain('<circle');
  values[29] = values[31] = Number.NaN;
  expect(draw(values).match(/<circle/g)).toHaveLength(1);
});

test('smoothing keeps the raw line behind, faint', () => {
  expect(draw([3, 2, 1], 2)).toContain('stroke-opacity="0.3"');
  expect(draw([3, 2, 1])).not.toContain('stroke-opacity="0.3"');
});

test('a logarithmic axis says so', () => {
  expect(draw([1e6, 2, 2, 2, 2])).toContain('logarithmic');
});

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

test('the kept epoch has a ring, on the smooth curve', () => {
  const series = [{ name: 'validation', color: '#123456', values: [4, 2, 6], kept: 2 }];
  const panel = { ...place, epochs: [1, 2, 3], series };
  const ringOf = (svg: string) => /<circle[^>]* cy="([\d.]+)"[^>]*r="4.5"/.exec(svg)?.[1];
  const [raw, smooth] = [1, 3].map((smoothing) =>
    Number(ringOf(serializeSvg(lossPanel({ ...panel, smoothing })))),
  );
  expect(smooth).toBeLessThan(raw!); // higher: 4 rather than 2
  const other = series.map((one) => ({ ...one, kept: 9 }));
  expect(ringOf(serializeSvg(lossPanel({ ...panel, series: other })))).toBeUndefined();
});

test('a cut of the learning rate is a line after its epoch', () => {
  const series = [{ name: 'train', color: '#123456', values: [4, 2, 6, 1, 1] }];
  const panel = { ...place, width: 328, epochs: [1, 2, 3, 4, 5], series };
  const lines = (rateChanges: number[]) =>
    [...serializeSvg(lossPanel({ ...panel, rateChanges })).matchAll(/<line x1="([\d.]+)" x2="\1"/g)].map(
      ([, x]) => Number(x),
    );
  const [between, atTheEnd] = lines([2, 5]);
  const [first] = lines([1]);
  expect(between! - first!).toBeCloseTo((atTheEnd! - first!) / 3.5, 1); // at 1.5, 2.5 and 5 of 1 to 5
  expect(lines([])).toEqual([]);
});

test('a logarithmic axis says so, and is none of a curve that rises', () => {
  expect(draw([1e6, 2, 2, 2, 2])).toContain('logarithmic');
  expect(draw([2, 2, 2, 2, 1e6])).not.toContain('logarithmic');
});

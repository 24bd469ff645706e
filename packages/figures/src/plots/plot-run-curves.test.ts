import { expect, test } from 'vitest';
import { plotRunCurves } from './plot-run-curves.ts';

const rows = (epochs: number, from: number) =>
  Array.from({ length: epochs }, (_, i) => {
    const loss = from - i;
    return { epoch: i + 1, loss, valLoss: loss + 1, kl: 2, valKl: 2.5 };
  });
const two = [
  { name: 'one', history: rows(30, 200), kept: 9 },
  { name: 'other', history: rows(25, 180), kept: 25 },
];

test('each run has a colour of its own, in every panel and in the legend', () => {
  const svg = plotRunCurves(two);
  for (const color of ['#1a68ff', '#a28f5d']) {
    // two panels: training, validation, ring; and the legend's dot
    expect(svg.match(new RegExp(`(stroke|fill)="${color}"`, 'g'))!.length).toBeGreaterThanOrEqual(7);
  }
  expect(svg).toContain('>Total loss<');
  expect(svg).toContain('>KL divergence<');
  for (const { name } of two) expect(svg).toContain(`>${name}<`);
});

test('training is dotted, and only validation has the ring of the kept epoch', () => {
  const svg = plotRunCurves(two);
  expect(svg.match(/stroke-dasharray="2 4"/g)).toHaveLength(4);
  expect(svg.match(/<g [^>]*stroke-width="2"[^>]*><circle/g)).toHaveLength(4); // two runs, two panels
});

test('runs of other terms and lengths stand together', () => {
  const plain = { name: 'plain', history: [{ epoch: 1, loss: 3, valLoss: null }] };
  expect(plotRunCurves([...two, plain])).not.toMatch(/NaN|null|undefined/);
});

test('names are escaped', () => {
  expect(plotRunCurves([{ name: '<b>', history: rows(2, 9) }])).toContain('&lt;b&gt;');
});

test('the same runs give the same figure', () => expect(plotRunCurves(two)).toBe(plotRunCurves(two)));

test('bad input is refused', () => {
  const code = (expected: string) => expect.objectContaining({ code: expected });
  expect(() => plotRunCurves([])).toThrow(code('E_USAGE'));
  expect(() => plotRunCurves([{ name: 'a', history: [] }])).toThrow(code('E_NOT_FINITE'));
  expect(() => plotRunCurves([{ name: 'a', history: [{ epoch: Number.NaN, loss: 1 }] }])).toThrow('row 0');
  expect(() => plotRunCurves(two, { width: 100 })).toThrow(code('E_RANGE'));
  expect(() => plotRunCurves([{ history: [] } as never])).toThrow(/runs\[0\]/);
});

import { expect, test } from 'vitest';
import { epochLine } from './epoch-line.ts';
import { createEpochTable } from './epoch-table.ts';

const metrics = {
  epoch: 3,
  ...{ loss: 154.1, reconstruction: 150.04, kl: 8.12, valLoss: 98.8951, valReconstruction: 95, valKl: 7 },
  ...{ learningRate: 0.001, beta: 0.5, seconds: 4.16 },
};
const later = { ...metrics, epoch: 12, loss: 98.5, kl: 12.5, learningRate: 0.000123456, seconds: 75 };

test('a line explains itself and keeps its columns', () => {
  expect(epochLine(metrics, 16)).toBe(
    'epoch  3/16   loss  154.10   reconstruction  150.04   kl    8.12   val loss   98.90   lr 0.001       4.2 s',
  );
  expect(epochLine(later, 16)).toHaveLength(epochLine(metrics, 16).length);
});

test('on a terminal that redraws nothing it fits: the rate goes first, then the time, then the terms', () => {
  expect(epochLine(metrics, 16, 80)).toBe(
    'epoch  3/16  loss  154.10  reconstruction  150.04  kl    8.12  val loss   98.90',
  );
  expect(epochLine(metrics, 16, 45)).toBe('epoch  3/16  loss  154.10  val loss   98.90');
});

test('a model without a KL has none in its line', () => {
  expect(epochLine({ ...metrics, kl: undefined }, 3)).not.toContain('kl');
});

test('averaged weights and gradients that are measured have a column each', () => {
  const first = { ...metrics, valAveraged: 97.5, gradientNorm: 31.25 };
  expect(epochLine(first, 16)).toContain('val loss   98.90   val averaged   97.50   gradient   31.25   lr');
  expect(epochLine(first, 16, 80)).toBe(epochLine(metrics, 16, 80));
  const table = createEpochTable({ epochs: 16, terms: ['kl'], width: 90, first });
  expect([table.header, table.row(first)]).toEqual([
    'epoch      loss        kl  val loss  val averaged  gradient        lr     time',
    ' 3/16    154.10      8.12     98.90         97.50     31.25     0.001    4.2 s',
  ]);
});

test('a table has its numbers below their titles', () => {
  const table = createEpochTable({ epochs: 16, terms: ['reconstruction', 'kl'], width: 77 });
  expect([table.header, table.row(metrics), table.row(later)]).toEqual([
    'epoch      loss  reconstruction        kl  val loss        lr     time',
    ' 3/16    154.10          150.04      8.12     98.90     0.001    4.2 s',
    '12/16     98.50          150.04     12.50     98.90  0.000123     1:15',
  ]);
});

test('a narrow table leaves columns out, never wraps', () => {
  expect(createEpochTable({ epochs: 16, terms: ['reconstruction', 'kl'], width: 37 }).header).toBe(
    'epoch      loss  val loss     time',
  );
  for (let width = 1; width < 100; width++) {
    const { header, row } = createEpochTable({ epochs: 100, terms: ['reconstruction', 'kl'], width });
    expect(header.length).toBeLessThanOrEqual(width);
    expect(row(metrics).length).toBe(header.length);
  }
});

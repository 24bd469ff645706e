import { expect, it } from 'vitest';
import { compareMeasures } from './compare-measures.ts';

const runOf = (loss: number) => ({
  history: [{ epoch: 1, loss, valLoss: loss, learningRate: 0.1, seconds: 2 }],
  keptEpoch: 1,
});
const cellsOf = (...losses: number[]) => compareMeasures(losses.map(runOf))[0]!.cells;

it('shows losses that stand beside each other by the digits of the largest, those far below by their own', () => {
  expect(cellsOf(152.6812, 104.0042)).toEqual(['152.68', '104.00']);
  expect(cellsOf(1.5, 0.98)).toEqual(['1.50', '0.98']);
  expect(cellsOf(152.68, 0.0223184)).toEqual(['152.68', '0.02232']);
  expect(cellsOf(0.0223184, 0.21)).toEqual(['0.02232', '0.21000']);
});

import { expect, it } from 'vitest';
import { rateCuts } from './rate-cuts.ts';

const rows = (...rates: number[]) => rates.map((learningRate, i) => ({ epoch: i + 1, learningRate }));

it('names the last epoch before each cut', () => {
  expect(rateCuts(rows(0.1, 0.1, 0.05, 0.05, 0.05, 0.025))).toEqual([2, 5]);
});

it('takes a schedule for none: it moves in every epoch', () => {
  expect(rateCuts(rows(0.4, 0.3, 0.2, 0.1))).toEqual([]);
});

it('has none of a rate that stays, grows, or has had no time', () => {
  expect(rateCuts(rows(0.1, 0.1, 0.1))).toEqual([]);
  expect(rateCuts(rows(0.1, 0.1, 0.2))).toEqual([]);
  expect(rateCuts(rows(0.1))).toEqual([]);
  expect(rateCuts([])).toEqual([]);
});

import type { EpochEvent } from '@latentkit/trainers';
import { expect, it } from 'vitest';
import { columnOf, marksOf, smooth } from './curves.ts';
import { NO_SESSION } from './session.ts';

const row = (epoch: number, learningRate = 0.1): EpochEvent =>
  ({ type: 'epoch', epoch, loss: epoch, learningRate }) as unknown as EpochEvent;

it('marks cuts of the rate, and the kept epoch where it is not the last', () => {
  const rows = [row(1), row(2), row(3, 0.05), row(4, 0.05)];
  const end = { type: 'end', reason: 'stoppedEarly', epoch: 2, fingerprint: '' } as const;
  expect(marksOf({ ...NO_SESSION, rows, end })).toEqual([
    { epoch: 2, words: 'rate cut' },
    { epoch: 2, words: 'kept' },
  ]);
  expect(marksOf({ ...NO_SESSION, rows, end: { ...end, epoch: 4 } })).toHaveLength(1);
});

it('averages a point with those before it', () => {
  expect(smooth([2, 4, 6, 8], 3)).toEqual([2, 3, 4, 6]);
  expect(smooth([2, 4], 1)).toEqual([2, 4]);
});

it('has no number where a row has none', () => {
  expect(columnOf([row(1), row(2)], 'loss')).toEqual([1, 2]);
  expect(columnOf([row(1)], 'kl')).toEqual([Number.NaN]);
});

import type { EndEvent } from '@latentkit/trainers';
import { expect, it } from 'vitest';
import { tinyConfig } from '../testing/tiny-run.ts';
import { describeEnding } from './describe-ending.ts';

const history = (epochs: number) => new Array(epochs).fill({}) as EndEvent['history'];

it('says how long training took and which epoch was kept', () => {
  const end = { reason: 'completed', history: history(10), epoch: 8 } as const;
  expect(describeEnding(end, tinyConfig())).toBe('Trained for 10 epochs; the weights are those of epoch 8.');
  const one = { reason: 'completed', history: history(1), epoch: 1 } as const;
  expect(describeEnding(one, tinyConfig())).toBe('Trained for 1 epoch; the weights are those of epoch 1.');
});

it('says of a stopped run that it has the model so far', () => {
  const end = { reason: 'aborted', history: history(3), epoch: 2 } as const;
  expect(describeEnding(end, tinyConfig({}, { epochs: 16 }))).toBe(
    'Stopped after 3 of 16 epochs: the model so far; the weights are those of epoch 2.',
  );
});

it('says of a run that is under way how far it is', () => {
  const end = { reason: 'aborted', history: history(3), epoch: 2 } as const;
  expect(describeEnding(end, tinyConfig({}, { epochs: 16 }), { isWriting: true })).toBe(
    'Still training, 3 of 16 epochs done; the weights are those of epoch 2.',
  );
});

it('says why it stopped early', () => {
  const end = { reason: 'stoppedEarly', history: history(9), epoch: 3 } as const;
  expect(describeEnding(end, tinyConfig({}, { earlyStopping: { patience: 6 } }))).toBe(
    'Stopped early after 9 epochs, the last 6 without a better validation loss; the weights are those of epoch 3.',
  );
});

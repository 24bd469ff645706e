import type { EpochEvent } from '@latentkit/trainers';
import { expect, it, vi } from 'vitest';
import { announce, paced } from './announce.ts';
import { NO_SESSION, type Session } from './session.ts';

const row = { type: 'epoch', epoch: 3, loss: 178 } as unknown as EpochEvent;
const training: Session = { ...NO_SESSION, phase: 'training' };

it('tells of beginnings, epochs and ends', () => {
  expect(announce(NO_SESSION, { ...NO_SESSION, phase: 'starting' })).toBe('Starting.');
  expect(announce({ ...NO_SESSION, phase: 'starting' }, training)).toBeUndefined();
  expect(announce(training, { ...training, rows: [row] })).toBe('Epoch 3 of 3, loss 178.00.');
  const end = { type: 'end', reason: 'completed', epoch: 3, fingerprint: '' } as const;
  expect(announce({ ...training, rows: [row] }, { ...training, phase: 'ended', rows: [row], end })).toBe(
    'Finished. Loss 178.00. The map is ready; arrow keys move on it.',
  );
  expect(announce(training, training)).toBeUndefined();
});

it('says one sentence in five seconds, the newest', () => {
  vi.useFakeTimers();
  const said: string[] = [];
  const say = paced((sentence) => said.push(sentence), 5000);
  for (const sentence of ['one', 'two', 'three']) say(sentence);
  expect(said).toEqual(['one']);
  vi.advanceTimersByTime(5000);
  expect(said).toEqual(['one', 'three']);
  vi.advanceTimersByTime(5000);
  say('four');
  expect(said.at(-1)).toBe('four');
  vi.useRealTimers();
});

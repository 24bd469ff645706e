import { expect, it } from 'vitest';
import type { LabEvent } from '../lab/messages.ts';
import { sayPhase } from '../text/phrases.ts';
import { announce } from './announce.ts';
import { afterEvent, isRunning, NO_SESSION, progressOf, type SessionAct } from './session.ts';

const start = { type: 'start', epochs: 10, batches: 100, threads: 1 } as unknown as LabEvent;
const steps = (epoch: number, batch: number, seconds: number, images: number): LabEvent => ({
  type: 'steps',
  ...{ epoch, batch, seconds, images },
  step: 0,
  losses: {},
  learningRate: 0.1,
});
const after = (...events: (LabEvent | SessionAct)[]) => events.reduce(afterEvent, NO_SESSION);

it('forgets the run before when one begins', () => {
  const failed = after({ type: 'begin' }, start, { type: 'fail', failure: { message: 'no' } });
  expect(failed.phase).toBe('failed');
  expect(afterEvent(failed, { type: 'begin' })).toEqual({ ...NO_SESSION, phase: 'starting' });
});

it('shows a run that was made elsewhere as it ended there', () => {
  const end = { type: 'end', reason: 'completed', epoch: 4, fingerprint: 'ab' } as const;
  const run = { name: 'first', start, rows: [{ epoch: 4 }], end, notes: ['no images'] } as never;
  const opened = after({ type: 'begin' }, { type: 'opened', run });
  expect(opened).toMatchObject({ phase: 'ended', opened: 'first', end, notes: ['no images'] });
  expect(sayPhase(opened)).toBe('Opened');
  expect(announce(NO_SESSION, opened)).toBe('Opened first. The map is ready; arrow keys move on it.');
  expect(afterEvent(opened, { type: 'begin' }).opened).toBeUndefined();
});

it('stays held when it is held before it began', () => {
  const held = after({ type: 'begin' }, { type: 'hold' }, start);
  expect(held.phase).toBe('paused');
  expect(isRunning(held)).toBe(true);
  expect(afterEvent(held, { type: 'go' }).phase).toBe('training');
});

it('holds nothing that does not run', () => {
  expect(after({ type: 'hold' }).phase).toBe('idle');
  expect(after({ type: 'go' }).phase).toBe('idle');
});

it('tells how far a run is, and how long it takes at this pace', () => {
  expect(progressOf(after({ type: 'begin' }))).toBeUndefined();
  expect(progressOf(after(start))).toEqual({ share: 0, epoch: 1, epochs: 10 });
  expect(progressOf(after(start, steps(3, 50, 5, 16_000)))).toEqual({
    ...{ share: 0.25, epoch: 3, epochs: 10 },
    ...{ imagesPerSecond: 3200, secondsLeft: 15 },
  });
});

it('counts from where a run goes on', () => {
  const resumed = { ...start, resumes: { epoch: 2, batch: 0 } } as LabEvent;
  expect(progressOf(after(resumed, steps(3, 100, 10, 100)))?.secondsLeft).toBe(70);
});

it('has ended, and nobody calls it finished, when it is stopped before it began', () => {
  const stopped = after({ type: 'begin' }, { type: 'stopped' });
  expect([stopped.phase, isRunning(stopped), sayPhase(stopped)]).toEqual(['ended', false, 'Stopped']);
  expect(announce(after({ type: 'begin' }), stopped)).toBe('Stopped.');
});

import { expect, it } from 'vitest';
import { noticesOf } from './notices.ts';
import { NO_SESSION } from './session.ts';
import { configOf, FIRST_SETTING, withChange } from './setting.ts';

const known = { session: NO_SESSION, kl: undefined, fault: undefined, unknown: [], setting: FIRST_SETTING };
const rows = [{ epoch: 1 }, { epoch: 2 }] as never;

it('has nothing to say where all is well', () => {
  expect(noticesOf({ ...known, session: { ...NO_SESSION, rows }, kl: [2, 0.001] })).toEqual([]);
});

it('tells of a collapse, once it has lasted, and how to mend it', () => {
  const collapsed = { ...known, kl: [0.001, 0.0001] };
  expect(noticesOf(collapsed)).toEqual([]);
  const [notice] = noticesOf({ ...collapsed, session: { ...NO_SESSION, rows } });
  expect(notice?.words).toContain('Posterior collapse');
  expect(configOf(notice!.remedy!.setting!).training.beta).toBe(0.5);
});

it('offers batches that fit', () => {
  const setting = withChange(FIRST_SETTING, 'training.batchSize', 100_000);
  const session = { ...NO_SESSION, failure: { message: 'a batch of 100000 takes 9 GB', code: 'E_LIMIT' } };
  const [notice] = noticesOf({ ...known, setting, session });
  expect(configOf(notice!.remedy!.setting!).training.batchSize).toBe(256);
});

it('offers half the rate after a loss that is no number, of schedules too', () => {
  const session = { ...NO_SESSION, failure: { message: 'the loss is NaN', code: 'E_NOT_FINITE' } };
  const rateAfter = (setting: typeof FIRST_SETTING) =>
    configOf(noticesOf({ ...known, setting, session })[0]!.remedy!.setting!).training.learningRate;
  expect(rateAfter(withChange(FIRST_SETTING, 'training.learningRate', 8))).toBe(4);
  expect(rateAfter(FIRST_SETTING)).toMatchObject({ type: 'cosine', from: 0.0015 });
});

it('shows what a link says that is unknown, and what cannot be', () => {
  const notices = noticesOf({ ...known, unknown: ['colour=red'], fault: 'training.epochs must be ...' });
  expect(notices.map(({ words }) => words)).toEqual([
    'training.epochs must be ...',
    'The link says what this page does not know, and leaves out: colour=red',
  ]);
});

it('goes on with a kept run after its worker died, and says where nothing is kept', () => {
  const failure = { message: 'the training worker ended by itself', code: 'E_BACKEND' };
  const [dead] = noticesOf({ ...known, session: { ...NO_SESSION, failure, kept: 'first' } });
  expect(dead?.remedy?.goOn).toBe('first');
  expect(noticesOf({ ...known, session: { ...NO_SESSION, failure } })[0]?.remedy).toBeUndefined();
  const [unkept] = noticesOf({ ...known, session: { ...NO_SESSION, unkept: 'the disk is full' } });
  expect(unkept?.words).toBe('Kept in this tab alone, until you close it: the disk is full');
});

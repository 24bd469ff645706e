import { expect, test } from 'vitest';
import { createSearchSpace } from '../space/search-space.ts';
import { createOptunaJournal, type JournalTrial, optunaJournal } from './optuna-journal.ts';

// scripts/check-optuna.py has Optuna itself read a journal.
test('a journal has the operations of Optuna, in its words', () => {
  const space = createSearchSpace({
    rate: { log: [1e-4, 1e-2] },
    dim: { from: 2, to: 20, whole: true },
    optimizer: [{ name: 'adam' }, { name: 'sgd' }],
  });
  const [began, ended] = [new Date('2026-03-01T10:00:00.000Z'), new Date('2026-03-01T10:01:02.345Z')];
  const settings = { rate: 0.001, dim: 5, optimizer: { name: 'sgd' } };
  const lines = optunaJournal('beta', space, [
    { settings, state: 'done', values: [9, 7.5], began, ended },
    { settings: { rate: 0.002 }, state: 'stopped', values: [11], began, ended },
    { settings: {}, state: 'failed', values: [], began, ended },
    { settings: {}, state: 'running', values: [], began },
  ])
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.every(({ worker_id }) => worker_id === 'latentkit')).toBe(true);
  expect(lines.map(({ op_code }) => op_code)).toEqual([0, 4, 5, 5, 5, 7, 7, 6, 4, 5, 7, 6, 4, 6, 4]);
  expect(lines[0]).toMatchObject({ study_name: 'beta', directions: [1] });
  expect(lines[1]).toMatchObject({ study_id: 0, datetime_start: '2026-03-01T10:00:00.000000+00:00' });
  expect(lines.slice(2, 5).map(({ param_value_internal }) => param_value_internal)).toEqual([0.001, 5, 1]);
  expect(lines.slice(2, 5).map(({ distribution }) => JSON.parse(distribution))).toEqual([
    { name: 'FloatDistribution', attributes: { log: true, step: null, low: 1e-4, high: 1e-2 } },
    { name: 'IntDistribution', attributes: { log: false, step: 1, low: 2, high: 20 } },
    { name: 'CategoricalDistribution', attributes: { choices: ['{"name":"adam"}', '{"name":"sgd"}'] } },
  ]);
  expect(lines[6]).toMatchObject({ trial_id: 0, step: 2, intermediate_value: 7.5 });
  expect(lines[7]).toMatchObject({
    trial_id: 0,
    state: 1,
    values: [7.5],
    datetime_complete: '2026-03-01T10:01:02.345000+00:00',
  });
  expect(lines[11]).toMatchObject({ trial_id: 1, state: 2, values: [11] });
  expect(lines[13]).toMatchObject({ trial_id: 2, state: 3, values: null });
});

test('a journal that grows only adds lines, and comes to the operations of one that is written at once', () => {
  const space = createSearchSpace({ rate: { log: [1e-4, 1e-2] } });
  const began = new Date('2026-03-01T10:00:00.000Z');
  const trial = (rate: number, state: JournalTrial['state'], values: number[]): JournalTrial => ({
    ...{ settings: { rate }, state, values, began, ended: began },
  });
  const journal = createOptunaJournal('beta', space);
  const begun = journal.next([trial(0.001, 'running', []), trial(0.002, 'running', [])]);
  const later = journal.next([trial(0.001, 'running', [9]), trial(0.002, 'stopped', [11])]);
  const codes = (lines: string) =>
    lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).op_code);
  expect(codes(begun)).toEqual([0, 4, 5, 4, 5]);
  expect(codes(later)).toEqual([7, 7, 6]);
  const all = [trial(0.001, 'done', [9, 7.5]), trial(0.002, 'stopped', [11])];
  const rest = journal.next(all);
  expect(codes(rest)).toEqual([7, 6]);
  expect(journal.next(all)).toBe('');
  const sorted = (lines: string) => lines.split('\n').sort();
  expect(sorted(begun + later + rest)).toEqual(sorted(optunaJournal('beta', space, all)));
});

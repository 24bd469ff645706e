import { expect, it } from 'vitest';
import { historyOf, record, redo, undo } from './history.ts';

it('goes back and forth', () => {
  const two = record(record(historyOf('a'), 'b'), 'c');
  expect(undo(undo(two)).present).toBe('a');
  expect(redo(undo(undo(two))).present).toBe('b');
  expect(redo(redo(undo(undo(two))))).toEqual(two);
});

it('stays where it is at both ends', () => {
  const one = historyOf('a');
  expect(undo(one)).toBe(one);
  expect(redo(one)).toBe(one);
});

it('forgets what was undone when something new is done', () => {
  const other = record(undo(record(historyOf('a'), 'b')), 'c');
  expect(redo(other).present).toBe('c');
  expect(undo(other).present).toBe('a');
});

it('keeps a hundred steps', () => {
  const long = Array.from({ length: 150 }, (_, i) => i + 1).reduce(record, historyOf(0));
  expect(long.past).toHaveLength(100);
  expect(long.past[0]).toBe(50);
});

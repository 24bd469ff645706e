import { expect, it } from 'vitest';
import { runsUnderWay } from './runs-under-way.ts';

function memory() {
  const kept = new Map<string, string>([['theme', 'dark']]);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}

it('remembers each run by itself, for all pages of the site', () => {
  const shared = memory();
  const [one, other] = [runsUnderWay(() => shared), runsUnderWay(() => shared)];
  one.note('first', {});
  other.note('second', { closedAt: 5, files: { name: 'pets', count: 120 } });
  expect([...one.noted()]).toEqual([
    ['first', {}],
    ['second', { closedAt: 5, files: { name: 'pets', count: 120 } }],
  ]);
  other.forget('first');
  expect([...one.noted().keys()]).toEqual(['second']);
});

it('takes nothing from words that are not its own', () => {
  const shared = memory();
  for (const [name, text] of [
    ['a', '1'],
    ['b', '{"closedAt":"now","files":[]}'],
    ['c', 'not JSON'],
  ])
    shared.setItem(`latentkit/run-under-way/${name}`, text!);
  expect([
    ...runsUnderWay(() => shared)
      .noted()
      .values(),
  ]).toEqual([{}, {}, {}]);
});

it('knows of nothing where the browser keeps nothing', () => {
  const run = runsUnderWay(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  expect(() => run.note('first', {})).not.toThrow();
  expect([...run.noted()]).toEqual([]);
});

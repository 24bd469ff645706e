import { expect, it } from 'vitest';
import { runUnderWay } from './run-under-way.ts';

it('remembers whether a run was under way', () => {
  const kept = new Map<string, string>();
  const memory = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const run = runUnderWay(() => memory);
  expect(run.isNoted).toBe(false);
  run.note(true);
  expect(runUnderWay(() => memory).isNoted).toBe(true);
  run.note(false);
  expect(run.isNoted).toBe(false);
});

it('knows of nothing where the browser keeps nothing', () => {
  const run = runUnderWay(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  expect(() => run.note(true)).not.toThrow();
  expect(run.isNoted).toBe(false);
});

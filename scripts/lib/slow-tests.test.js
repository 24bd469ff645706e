import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { judgeTimes, LONG_FILES } from './slow-tests.js';
import { ROOT } from './workspace.js';

it.each(Object.entries(LONG_FILES))('%s is there and has a reason', (name, reason) => {
  expect(existsSync(join(ROOT, name))).toBe(true);
  expect(reason).not.toBe('');
});

it('tells files over five seconds, slowest first, and fails those that no load explains', () => {
  const files = [
    { name: 'quick', seconds: 4.9 },
    { name: 'slow', seconds: 6 },
    { name: 'endless', seconds: 31 },
    { name: Object.keys(LONG_FILES)[0], seconds: 40 },
  ];
  const { over, failing } = judgeTimes(files, 0.5);
  expect(over.map(({ name }) => name)).toEqual(['endless', 'slow']);
  expect(failing.map(({ name }) => name)).toEqual(['endless']);
  expect(judgeTimes(files, 3).failing).toEqual([]);
});

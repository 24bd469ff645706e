import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LONG_FILES, slowFiles } from './slow-tests.js';
import { ROOT } from './workspace.js';

it.each(Object.entries(LONG_FILES))('%s is there and has a reason', (name, reason) => {
  expect(existsSync(join(ROOT, name))).toBe(true);
  expect(reason).not.toBe('');
});

it('tells files over five seconds that are not named, slowest first', () => {
  const files = [
    { name: 'quick', seconds: 4.9 },
    { name: 'slow', seconds: 6 },
    { name: 'endless', seconds: 31 },
    { name: Object.keys(LONG_FILES)[0], seconds: 40 },
  ];
  expect(slowFiles(files).map(({ name }) => name)).toEqual(['endless', 'slow']);
});

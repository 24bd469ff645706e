import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { KEYS } from './keys.ts';

it('is the table of the README', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, keys = ''] = readme.split('\n## Keys\n');
  const [table = ''] = keys.trim().split('\n\n');
  expect(table.split('\n').slice(2)).toEqual(KEYS.map(([key, does]) => `| ${key} | ${does} |`));
});

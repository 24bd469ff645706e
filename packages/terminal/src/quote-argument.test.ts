import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { quoteArgument } from './quote-argument.ts';

test.each(['runs/first', 'C:\\runs\\first'])('%s stays as it is', (text) => {
  expect(quoteArgument(text)).toBe(text);
});

test
  .skipIf(process.platform === 'win32')
  .each([["Ada's runs"], ['a; rm -rf b'], ['$HOME/*'], ['größe'], ['']])(
  'a shell reads %j as one word',
  (text) => {
    const read = execFileSync('/bin/sh', ['-c', `printf %s ${quoteArgument(text)}`], { encoding: 'utf8' });
    expect(read).toBe(text);
  },
);

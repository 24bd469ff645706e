import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { printable } from './printable.ts';
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

test.skipIf(process.platform === 'win32').each([['\u001b[2J'], ["a\nb's \\ \u202e 🙂"]])(
  'bash reads %j, which a terminal would obey, as one word',
  (text) => {
    const quoted = quoteArgument(text);
    expect(printable(quoted)).toBe(quoted);
    const env = { ...process.env, LC_ALL: 'C.UTF-8' };
    expect(execFileSync('bash', ['-c', `printf %s ${quoted}`], { encoding: 'utf8', env })).toBe(text);
  },
);

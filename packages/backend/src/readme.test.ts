import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('the first snippet of the README prints what it says, in plain Node', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, snippet, output] = /```js\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/.exec(readme)!;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', snippet!], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
  });
  expect(printed).toBe(output);
});

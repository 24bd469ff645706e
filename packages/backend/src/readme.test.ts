import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const cwd = fileURLToPath(new URL('..', import.meta.url));

/** What a snippet prints in plain Node. */
const run = (snippet: string) =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', snippet], { cwd, encoding: 'utf8' });

it('the first snippet of the README prints what it says', () => {
  const [, snippet, output] = /```js\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/.exec(readme)!;
  expect(run(snippet!)).toBe(output);
});

it("the accelerator's snippet comes to the solution of least squares", () => {
  const [, snippet] = /## The accelerator\s+```js\n([\s\S]*?)```/.exec(readme)!;
  const weights: number[] = JSON.parse(run(snippet!));
  expect(weights.map((weight) => Math.round(weight * 1000) / 1000)).toEqual([1, 2, 3]);
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from '../commands.ts';
import type { RunOptions } from '../options.ts';
import { makeRun } from '../testing/make-run.ts';
import { temporaryFolder } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

const HELPS = [['--help'], ...COMMANDS.map(({ name }) => [name, '--help'])];

/** Runs that a command's examples are of, where two examples are too few to make them. */
const NEEDED: Readonly<Record<string, Readonly<Record<string, RunOptions>>>> = {
  compare: { first: {}, second: { beta: 4 } },
};

function examplesOf(help: string): string[] {
  return help
    .split('Examples:\n')[1]!
    .trimEnd()
    .split('\n')
    .map((line) => line.trim());
}

test.each(HELPS)('%s %s ends with two examples', async (...args) => {
  const { code, stdout, stderr } = await runHere(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const examples = examplesOf(stdout);
  expect(examples).toHaveLength(2);
  for (const example of examples) expect(example).toMatch(/^latentkit \w+/);
});

test.each(HELPS.slice(1))('the examples of %s work as pasted, one after the other', async (command) => {
  const cwd = temporaryFolder();
  for (const [name, options] of Object.entries(NEEDED[command!] ?? {})) {
    await makeRun(join(cwd, 'runs', name), options);
  }
  const { stdout } = await runHere([command!, '--help']);
  for (const example of examplesOf(stdout)) {
    const { code, stdout: out } = await runHere(example.split(' ').slice(1), { cwd });
    expect(code).toBe(0);
    expect(out).not.toBe('');
  }
});

test('in the repository the examples are spelt as they are called there', async () => {
  const { stdout } = await runHere(['datasets', '--help'], { env: { npm_lifecycle_event: 'app:cli' } });
  expect(examplesOf(stdout)).toEqual(['pnpm app:cli datasets', 'pnpm app:cli datasets --json']);
});

test('so are its errors', async () => {
  const { stderr } = await runHere(['train', '--epoch', '3'], { env: { npm_lifecycle_event: 'app:cli' } });
  expect(stderr).toContain('See pnpm app:cli train --help');
});

test('without a command, the help goes to stderr and the exit code is 2', async () => {
  const { code, stdout, stderr } = await runHere([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Usage: latentkit');
});

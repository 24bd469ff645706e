import { expect, test } from 'vitest';
import { COMMANDS } from '../commands.ts';
import { createProgram } from '../program.ts';
import { temporaryFolder } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

const HELPS = [['--help'], ...COMMANDS.map(({ name }) => [name, '--help'])];

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

test.each(COMMANDS)(
  'the examples of $name are commands that there are, with options that they take',
  async ({ name }) => {
    const { stdout } = await runHere([name, '--help']);
    for (const example of examplesOf(stdout)) {
      const [, ...args] = example.split(' ');
      const program = await createProgram(args);
      const called: string[] = [];
      for (const command of program.commands) {
        command.exitOverride().configureOutput({ writeErr: () => {} });
        command.action(() => void called.push(command.name()));
      }
      await program.exitOverride().parseAsync(args, { from: 'user' });
      expect(called).toEqual([args[0]]);
    }
  },
);

/** Whose examples take minutes and a download, go on until they are stopped, or ask the Hub or a queue. */
const NOT_RUN = ['reproduce', 'ui', 'pull', 'worker', 'jobs'];

test('all examples work as pasted, one after the other in a folder; what several begin with is run once', async () => {
  const cwd = temporaryFolder();
  const examples = new Set<string>();
  for (const { name } of COMMANDS.filter((command) => !NOT_RUN.includes(command.name))) {
    for (const example of examplesOf((await runHere([name, '--help'])).stdout)) examples.add(example);
  }
  for (const example of examples) {
    const { code, stdout, stderr } = await runHere(example.split(' ').slice(1), { cwd });
    expect({ example, code, isSilent: stdout + stderr === '' }).toEqual({
      example,
      code: 0,
      isSilent: false,
    });
  }
});

const IN_REPOSITORY = { npm_lifecycle_event: 'app:cli', npm_execpath: '/usr/lib/pnpm.mjs' };

test('in the repository the examples are spelt as they are called there', async () => {
  const { stdout } = await runHere(['datasets', '--help'], { env: IN_REPOSITORY });
  expect(examplesOf(stdout)).toEqual(['pnpm app:cli datasets', 'pnpm app:cli datasets --json']);
});

test('so are its errors', async () => {
  const { stderr } = await runHere(['train', '--epoch', '3'], { env: IN_REPOSITORY });
  expect(stderr).toContain('See pnpm app:cli train --help');
});

test('without a command, the help goes to stderr and the exit code is 2', async () => {
  const { code, stdout, stderr } = await runHere([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Usage: latentkit');
});

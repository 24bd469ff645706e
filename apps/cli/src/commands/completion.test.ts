import { expect, test } from 'vitest';
import { runHere } from '../testing/run-here.ts';

test.each([
  ['bash', 'complete -F _latentkit latentkit\n'],
  ['zsh', '#compdef latentkit\n'],
  ['fish', "complete -c latentkit -n '__fish_seen_subcommand_from train' -l recipe -x -a 'digits-dense "],
])('prints the script of %s', async (shell, line) => {
  const { code, stdout, stderr } = await runHere(['completion', shell]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(line);
});

test('the help says how to install it; another shell exits 2', async () => {
  expect((await runHere(['completion', '--help'])).stdout).toContain(
    'latentkit completion fish > ~/.config/fish/completions/latentkit.fish',
  );
  const { code, stderr } = await runHere(['completion', 'tcsh']);
  expect(code).toBe(2);
  expect(stderr).toBe(
    "error: command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish. See latentkit completion --help\n",
  );
});

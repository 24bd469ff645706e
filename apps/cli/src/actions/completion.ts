import type { Command } from 'commander';
import { bashCompletion } from '../reference/bash-completion.ts';
import { describeCommand } from '../reference/describe-command.ts';
import { fishCompletion } from '../reference/fish-completion.ts';
import { zshCompletion } from '../reference/zsh-completion.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };
const PROGRAM = 'latentkit';

/** The script of a shell. */
export function completionOf(shell: keyof typeof SHELLS, commands: readonly Command[]): string {
  return SHELLS[shell](PROGRAM, commands.map(describeCommand));
}

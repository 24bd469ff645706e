import { exampleHelp } from '@latentkit/terminal';
import { Argument, Command } from 'commander';
import { programName } from '../program-name.ts';

const INSTALL = `
To install:
  latentkit completion bash > ~/.local/share/bash-completion/completions/latentkit
  latentkit completion zsh > "\${fpath[1]}/_latentkit"
  latentkit completion fish > ~/.config/fish/completions/latentkit.fish

In a clone of the repository pnpm completes "pnpm app:cli", and nothing after it. As a command of its own it is completed:
  latentkit() { pnpm --silent app:cli "$@"; }                    # bash, zsh
  function latentkit; pnpm --silent app:cli $argv; end           # fish
`;

/**
 * `latentkit completion`: a script that completes commands, options and the names of recipes and datasets.
 *
 * @param loadCommands all there are, this one among them.
 */
export function completionCommand(loadCommands: () => Promise<readonly Command[]>): Command {
  return new Command('completion')
    .description('Print a script that completes commands, options and names in your shell.')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(['bash', 'zsh', 'fish']))
    .option('--debug', 'show the stack of an error')
    .addHelpText('after', INSTALL)
    .addHelpText('after', exampleHelp(programName(), ['completion bash', 'completion fish']))
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completionOf } = await import('../actions/completion.ts');
      process.stdout.write(completionOf(shell, await loadCommands()));
    });
}

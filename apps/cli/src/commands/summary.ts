import { exampleHelp } from '@latentkit/terminal';
import { Command } from 'commander';
import { addModelOptions, type ModelOptions } from '../options.ts';
import { programName } from '../program-name.ts';

/** `latentkit summary`: the layers of a recipe's model and their parameter counts. */
export function summaryCommand(): Command {
  return addModelOptions(new Command('summary'))
    .description("Show a recipe's layers and parameter counts.")
    .optionsGroup('Output:')
    .option('--json', 'write the summary as JSON')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'summary --recipe keras-conv',
        'summary --recipe keras-dense --latent-dim 10 --json',
      ]),
    )
    .action(async (options: ModelOptions & { json?: boolean }) => {
      const { showSummary } = await import('../actions/summary.ts');
      await showSummary(options);
    });
}

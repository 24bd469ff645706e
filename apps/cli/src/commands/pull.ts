import { exampleHelp } from '@latentkit/terminal';
import { Command } from 'commander';
import type { PullOptions } from '../actions/pull.ts';
import { programName } from '../program-name.ts';

/** `latentkit pull`: a model from the Hugging Face Hub. */
export function pullCommand(): Command {
  return new Command('pull')
    .description(
      'Fetch a model of Latentkit from the Hugging Face Hub into a folder. Nothing of it is run. A private one wants HF_TOKEN; the package @huggingface/hub has to be installed.',
    )
    .argument('<repository>', 'OWNER/NAME')
    .option('--out <folder>', "where to (default: the repository's name, in the working folder)")
    .option('--revision <name>', 'a branch, a tag or a commit (default: main)')
    .option('--force', 'overwrite files that are in the folder')
    .option('--json', 'write the paths to stdout as JSON')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), ['pull OWNER/NAME --out first', 'pull OWNER/NAME --revision v1 --json']),
    )
    .action(async (repository: string, options: PullOptions) => {
      const { pull } = await import('../actions/pull.ts');
      await pull(repository, options);
    });
}

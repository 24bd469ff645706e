import { exampleHelp } from '@latentkit/terminal';
import { Command } from 'commander';
import type { PushOptions } from '../actions/push.ts';
import { programName } from '../program-name.ts';

/** `latentkit push`: a model to the Hugging Face Hub. */
export function pushCommand(): Command {
  return new Command('push')
    .description(
      "Publish a run's model on the Hugging Face Hub: what export --to hub-folder writes, and no data. HF_TOKEN says who you are; the package @huggingface/hub has to be installed.",
    )
    .argument('<place>', 'run directory, or a folder of export --to hub-folder')
    .argument('<repository>', 'OWNER/NAME; made where it is not there yet')
    .option('--private', 'a new repository is for you alone')
    .option('--license <name>', "of a run: under which others may use the model, in the Hub's words: mit")
    .option('--dry-run', 'list the files and their bytes, and send nothing')
    .option('--json', 'write what was sent, and where it is, to stdout as JSON')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --limit 2000 --epochs 2 --out runs/first',
        'push runs/first me/first --license mit --dry-run',
      ]),
    )
    .action(async (place: string, repository: string, options: PushOptions) => {
      const { push } = await import('../actions/push.ts');
      await push(place, repository, options);
    });
}

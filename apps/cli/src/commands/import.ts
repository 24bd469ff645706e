import { exampleHelp } from '@latentkit/terminal';
import { Command } from 'commander';
import type { ImportOptions } from '../actions/import.ts';
import { NAMES } from '../names.ts';
import { programName } from '../program-name.ts';

/** `latentkit import`: a model of another program as a run. */
export function importCommand(): Command {
  return new Command('import')
    .description(
      "Make a run of a model from elsewhere: Keras (.keras, .weights.h5, .h5), TensorFlow.js (model.json), PyTorch's state_dict (.pt, .pth, .safetensors), and what export wrote.",
    )
    .argument('<files...>', 'one file, those of encoder and decoder, or the folder that they are in')
    .option(
      '--recipe <name>',
      `what model the weights are of (default: told from the files): ${NAMES.recipes.join(', ')}`,
    )
    .option(
      '--dataset <name>',
      `the images that it is looked at with (default: the first of their shape): ${NAMES.datasets.join(', ')}`,
    )
    .option('--data-dir <dir>', "folder that holds the dataset's files already")
    .option('--out <dir>', 'run directory (default: runs/<time>-<recipe>)')
    .option('--json', 'write what was found to stdout as JSON')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'export runs/first --to keras --out first-keras',
        'import first-keras --out runs/from-keras',
      ]),
    )
    .action(async (files: string[], options: ImportOptions) => {
      const { importModelFiles } = await import('../actions/import.ts');
      await importModelFiles(files, options);
    });
}

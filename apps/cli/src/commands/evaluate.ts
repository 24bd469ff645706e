import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { EvaluateOptions } from '../actions/evaluate.ts';
import { announceRun } from '../announce-run.ts';
import { addImageOptions, addLimit } from '../image-options.ts';
import { programName } from '../program-name.ts';

/** `latentkit evaluate`: how well a run's model does on images that it did not learn from. */
export function evaluateCommand(): Command {
  const { count, seed, workers } = parseNumber;
  const command = new Command('evaluate')
    .description(
      "Measure a run's model on its test images: negative ELBO in its parts, squared error, by class.",
    )
    .argument('<run>', 'run directory');
  return addLimit(addImageOptions(command))
    .optionsGroup('Measuring:')
    .addOption(new Option('--samples <n>', 'latent samples an image').argParser(count).default(1))
    .addOption(
      new Option(
        '--seed <n>',
        "decides the samples (default: the training's, as its own validation)",
      ).argParser(seed),
    )
    .addOption(
      new Option(
        '--workers <n>',
        'threads to compute on (default: all cores; the numbers are the same)',
      ).argParser(workers),
    )
    .optionsGroup('Output:')
    .option('--out <file>', "where to write (default: the run's evaluation.json; - for stdout)")
    .option('--json', 'write the evaluation to stdout as JSON instead of the table')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --limit 2000 --epochs 2 --out runs/first',
        'evaluate runs/first --samples 5',
      ]),
    )
    .action(async (run: string, options: EvaluateOptions) => {
      await announceRun(run);
      const { evaluate } = await import('../actions/evaluate.ts');
      await evaluate(run, options);
    });
}

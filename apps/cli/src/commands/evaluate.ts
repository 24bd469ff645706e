import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { EvaluateOptions } from '../actions/evaluate.ts';
import { announceRun } from '../announce-run.ts';
import { addImageOptions, addLimit } from '../image-options.ts';
import { programName } from '../program-name.ts';

/** Words of `--metrics` that are no metrics. */
const WORDS = ['all', 'list', 'default'] as const;

function parseMetrics(text: string): NonNullable<EvaluateOptions['metrics']> {
  const word = WORDS.find((one) => one === text.trim());
  return word ?? text.split(',').map((name) => name.trim());
}

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
    .addOption(
      new Option(
        '--metrics <names>',
        'what to measure: names with commas between, list to see them, or all (default: what is cheap)',
      ).argParser(parseMetrics),
    )
    .addOption(
      new Option(
        '--samples <n>',
        'latent samples an image (default: 1; 500 of importance for nll and bitsPerDimension, 10,000 draws for parzen)',
      ).argParser(count),
    )
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
    .option(
      '--outliers <data>',
      'foreign images, for auroc and averagePrecision: the name of a dataset, or a file or folder as train reads them',
    )
    .optionsGroup('Output:')
    .option('--out <file>', "where to write (default: the run's evaluation.json; - for stdout)")
    .option('--json', 'write the evaluation to stdout as JSON instead of the table')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --limit 2000 --epochs 2 --out runs/first',
        'evaluate runs/first --metrics nll --limit 100',
      ]),
    )
    .action(async (run: string, options: EvaluateOptions) => {
      if (options.metrics !== 'list') await announceRun(run);
      const { evaluate } = await import('../actions/evaluate.ts');
      await evaluate(run, options);
    });
}

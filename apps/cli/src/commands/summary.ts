import { DATASETS } from '@latentkit/datasets';
import { modelSpecOf } from '@latentkit/experiment';
import { readImages } from '@latentkit/experiment/node';
import { createModel, formatSummary, summarizeModel } from '@latentkit/models';
import { exampleHelp, paint, talk } from '@latentkit/terminal';
import { Command } from 'commander';
import { addModelOptions, type ModelOptions } from '../options.ts';
import { programName } from '../program-name.ts';
import { resolveConfig } from '../resolve-config.ts';

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
    .action(async ({ json, ...options }: ModelOptions & { json?: boolean }) => {
      const config = await resolveConfig(options);
      const { shape } =
        options.data === undefined
          ? DATASETS.find(({ name }) => name === config.dataset.name)!
          : await readImages(options.data);
      const summary = summarizeModel(createModel(modelSpecOf(config, shape)));
      if (!json) talk(`${paint('bold', config.recipe)} for ${config.dataset.name}`);
      process.stdout.write(`${json ? JSON.stringify(summary) : formatSummary(summary)}\n`);
    });
}

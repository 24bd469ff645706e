import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { ReportOptions } from '../actions/report.ts';
import { announceRun } from '../announce-run.ts';
import { programName } from '../program-name.ts';
import { addRunDataOptions } from '../run-data-options.ts';

/** `latentkit report`: draws the figures and the report of a run anew. */
export function reportCommand(): Command {
  return addRunDataOptions(
    new Command('report')
      .description(
        "Draw a run's figures and report.html anew: of a copied or stopped run, with its maps and evaluation.",
      )
      .argument('<run>', 'run directory')
      .addOption(
        new Option(
          '--smoothing <n>',
          "epochs of the loss curves' moving average (default: the recipe's, or 7 from 21 epochs on)",
        ).argParser(parseNumber.count),
      ),
  )
    .optionsGroup('Output:')
    .option('--out <file>', 'write the page there, and leave the run as it is')
    .option('--json', 'write what was written as a line of JSON')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --limit 2000 --epochs 2 --out runs/first',
        'report runs/first --out first.html',
      ]),
    )
    .action(async (run: string, options: ReportOptions) => {
      if (!options.json) await announceRun(run);
      const { report } = await import('../actions/report.ts');
      await report(run, options);
    });
}

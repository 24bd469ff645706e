import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { UiOptions } from '../actions/ui.ts';
import { announceRun } from '../announce-run.ts';
import { addImageOptions, addLimit } from '../image-options.ts';
import { programName } from '../program-name.ts';

/** `latentkit ui`: the lab on this computer, with a run opened in it; or as files for a static host. */
export function uiCommand(): Command {
  const command = new Command('ui')
    .description(
      'Open a run in the lab in the browser: its map, what it decodes, its curves. Without a run, the lab alone. Nothing leaves this computer.',
    )
    .argument('[run]', 'run directory');
  return addLimit(addImageOptions(command), 'make the map of the first n (default: 2000)')
    .optionsGroup('Page:')
    .addOption(
      new Option(
        '--port <n>',
        'port of 127.0.0.1 (default: 4180, or the next that is free; runs kept in the browser belong to it)',
      ).argParser(parseNumber.port),
    )
    .addOption(new Option('--page <folder>', 'where the lab was built').hideHelp())
    .option('--no-open', 'start no browser')
    .option('--embed', 'the map alone, for a page of yours: an element, and the run as a ZIP')
    .option('--out <folder>', 'write page and run there instead, for a static host')
    .option('--force', 'overwrite files that are in the folder of --out')
    .option('--json', 'write the address, or what was written, to stdout as JSON; starts no browser')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), ['train --limit 2000 --epochs 2 --out runs/first', 'ui runs/first']),
    )
    .action(async (run: string | undefined, options: UiOptions) => {
      if (run !== undefined) await announceRun(run);
      const { ui } = await import('../actions/ui.ts');
      await ui(run, options);
    });
}

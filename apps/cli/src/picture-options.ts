import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import { addImageOptions, type ImageOptions } from './image-options.ts';
import { programName } from './program-name.ts';

/** What every picture of a run's model takes. */
export interface PictureOptions extends ImageOptions {
  label?: string;
  out?: string;
  format?: 'svg' | 'png';
  width?: number;
  scale?: number;
  json?: boolean;
}

/** A command that makes a picture, but for its own options: `own` adds those. */
export function pictureCommand(
  name: string,
  {
    description,
    own,
    examples,
  }: { description: string; own: (command: Command) => Command; examples: readonly string[] },
): Command {
  const { count, positive } = parseNumber;
  const command = new Command(name).description(description).argument('<run>', 'run directory');
  return addImageOptions(own(command.optionsGroup('Picture:')))
    .option('--label <class>', 'what a conditional model is told: a class, by its number or name')
    .optionsGroup('Output:')
    .option('--out <file>', `an .svg or .png, - for stdout (default: both, pictures/${name}.* in the run)`)
    .addOption(new Option('--format <name>', 'of stdout: svg (default) or png').choices(['svg', 'png']))
    .addOption(new Option('--width <n>', 'of the figure, in CSS pixels, at most').argParser(count))
    .addOption(
      new Option('--scale <x>', "a .png's pixels for each of those (default: 2)").argParser(positive),
    )
    .option('--json', 'write paths and numbers to stdout as JSON, the codes among them')
    .option('--debug', 'show the stack of an error')
    .addHelpText('after', exampleHelp(programName(), [...examples]));
}

import { exampleHelp } from '@latentkit/terminal';
import { Command } from 'commander';
import type { DoctorOptions } from '../actions/doctor.ts';
import { programName } from '../program-name.ts';

/** `latentkit doctor`: what training needs, what makes it fast, and what to do about what is missing. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Look at what training needs on this machine and how fast it goes. Exits 1 if something needed is missing.',
    )
    .option('--no-probe', 'leave the second of training out that measures the speed')
    .option('--json', 'write a line of JSON a finding to stdout')
    .option('--debug', 'show the stack of an error')
    .addHelpText('after', exampleHelp(programName(), ['doctor', 'doctor --no-probe --json']))
    .action(async (options: DoctorOptions) => {
      const { examine } = await import('../actions/doctor.ts');
      await examine(options);
    });
}

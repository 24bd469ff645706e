import { programName } from './program-name.ts';

/** The end of a command's help: commands to paste. */
export function exampleHelp(commands: readonly string[]): string {
  return ['', 'Examples:', ...commands.map((command) => `  ${programName()} ${command}`)].join('\n');
}

/** The end of a command's help: commands to paste, each behind the program's name. */
export function exampleHelp(program: string, commands: readonly string[]): string {
  return ['', 'Examples:', ...commands.map((command) => `  ${program} ${command}`)].join('\n');
}

/**
 * The end of a command's help: commands to paste, spelt the way that this program was started (in the repository,
 * `pnpm app:cli`).
 */
export function exampleHelp(commands: readonly string[], env = process.env): string {
  const program = env.npm_lifecycle_event === 'app:cli' ? 'pnpm app:cli' : 'latentkit';
  return ['', 'Examples:', ...commands.map((command) => `  ${program} ${command}`)].join('\n');
}

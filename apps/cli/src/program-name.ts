/** What to type for this program: in the repository it is started as `pnpm app:cli`. */
export function programName(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return env.npm_lifecycle_event === 'app:cli' ? 'pnpm app:cli' : 'latentkit';
}

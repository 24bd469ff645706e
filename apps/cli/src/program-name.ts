import { unbroken } from '@latentkit/terminal';

/**
 * What to type for this program: in the repository it is started as `pnpm app:cli`, by npx where that fetched pnpm, as then
 * there may be no `pnpm` to type.
 */
export function programName(env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (env.npm_lifecycle_event !== 'app:cli') return 'latentkit';
  const isFetched = /[\\/]_npx[\\/]/.test(env.npm_execpath ?? '');
  return isFetched ? 'npx -y pnpm@12 app:cli' : 'pnpm app:cli';
}

/** A command of this program to paste, on one line however narrow the terminal is. */
export function commandToPaste(...words: readonly string[]): string {
  return unbroken([programName(), ...words].join(' '));
}

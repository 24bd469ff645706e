type Environment = Readonly<Record<string, string | undefined>>;
interface Streams {
  stdout: { isTTY?: boolean };
  stderr: { isTTY?: boolean };
}

/** Whether somebody watches, so that a line may be redrawn: both streams a terminal that can, and not CI's. */
export function hasLiveTerminal(
  { stdout, stderr }: Streams = process,
  env: Environment = process.env,
): boolean {
  const ci = env.CI !== undefined && !['', '0', 'false'].includes(env.CI);
  return stdout.isTTY === true && stderr.isTTY === true && !ci && env.TERM !== 'dumb';
}

/** Whether the terminal shows more than ASCII. */
export function hasUnicode(env: Environment = process.env, platform: string = process.platform): boolean {
  if (platform === 'win32') return env.WT_SESSION !== undefined || env.TERM_PROGRAM === 'vscode';
  if (env.TERM === 'linux') return false;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale ? /utf-?8/i.test(locale) : platform === 'darwin';
}

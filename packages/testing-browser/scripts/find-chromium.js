import { existsSync } from 'node:fs';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The path of a Chromium: that of the environment variable `CHROMIUM`, or the first that is installed.
 *
 * @throws an `Error` that says how to get one.
 */
export function findChromium({ env = process.env, exists = existsSync } = {}) {
  const candidates = env.CHROMIUM ? [env.CHROMIUM] : CANDIDATES;
  const found = candidates.find((path) => exists(path));
  if (found) return found;
  throw new Error(
    `no Chromium at ${candidates.join(', ')}. Install one (Debian: apt-get install chromium), or set CHROMIUM to its path`,
  );
}

import { readFileSync } from 'node:fs';

/** The version of a library that does not tell it itself; its entry is `dist/index.js` or the like. */
export function installedVersion(name: string): string {
  const manifest = new URL('../package.json', import.meta.resolve(name));
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

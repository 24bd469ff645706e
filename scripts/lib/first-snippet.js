import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The first JavaScript or TypeScript block of a package's README.
 *
 * @param {string} packagePath
 * @returns {{ code: string, extension: 'mjs' | 'mts' }}
 * @throws when there is no README or no block.
 */
export function firstSnippet(packagePath) {
  const readme = join(packagePath, 'README.md');
  if (!existsSync(readme)) throw new Error('no README.md');
  const block = readFileSync(readme, 'utf8').match(/^```(js|ts)\n([\s\S]*?)^```/m);
  if (block === null) throw new Error('README.md has no ```js or ```ts block');
  return { code: block[2], extension: block[1] === 'js' ? 'mjs' : 'mts' };
}

/**
 * The JavaScript blocks of a README that are whole programs: the first, and others that start a backend of their own.
 *
 * @param {string} packagePath
 * @returns {{ code: string, extension: 'mjs' | 'mts' }[]}
 * @throws as {@link firstSnippet}.
 */
export function programsOf(packagePath) {
  const first = firstSnippet(packagePath);
  const blocks = readFileSync(join(packagePath, 'README.md'), 'utf8').matchAll(/^```js\n([\s\S]*?)^```/gm);
  const others = Array.from(blocks, ([, code]) => code).filter(
    (code) => code !== first.code && code.startsWith('import') && code.includes('await startWasmBackend()'),
  );
  return [first, ...others.map((code) => ({ code, extension: 'mjs' }))];
}

/** The packages that a README tells the reader to install (`npm install ...`), without versions, itself left out; none without a README. */
export function readmeInstalls(packagePath, itself) {
  const readme = join(packagePath, 'README.md');
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
  const words = text.match(/^npm (?:install|i) (.+)$/m)?.[1].split(/\s+/) ?? [];
  const names = words
    .filter((word) => !word.startsWith('-'))
    .map((word) => word.replace(/(?<=.)@[^/]*$/, ''));
  return names.filter((name) => name !== itself);
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, matchesGlob, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { listPackages, ROOT } from './lib/workspace.js';

const { tasks } = JSON.parse(readFileSync(join(ROOT, 'turbo.json'), 'utf8'));

/** Paths outside its package, from the root, that a source names by `new URL('../..', import.meta.url)`. */
function outsideOf(folder, file) {
  const text = readFileSync(join(ROOT, folder, 'src', file), 'utf8');
  const base = pathToFileURL(join(ROOT, folder, 'src', file));
  return [...text.matchAll(/new URL\(\s*['"`](\.[^'"`$]*)/g)]
    .map((match) => relative(ROOT, fileURLToPath(new URL(match[1], base))))
    .filter((path) => !`${path}/`.startsWith(`${folder}/`));
}

/** What a package's tests read of other folders. */
function readingsOf(folder) {
  return readdirSync(join(ROOT, folder, 'src'), { recursive: true })
    .filter((file) => /\.test\.ts$|(^|\/)testing\/.*\.ts$/.test(file))
    .flatMap((file) => outsideOf(folder, file));
}

it.each(listPackages().filter(({ manifest }) => manifest.scripts?.test))(
  'what tests of $name read outside it is an input of their task',
  ({ name, folder }) => {
    const { inputs } = tasks[`${name}#test`] ?? tasks.test;
    const globs = inputs.map((input) => input.replace('$TURBO_ROOT$/', ''));
    const unknown = readingsOf(folder).filter(
      (path) =>
        !globs.some((glob) => matchesGlob(path.replace(/\/?$/, '/x'), glob) || matchesGlob(path, glob)),
    );
    expect(unknown).toEqual([]);
  },
);

it('the readings are found', () => {
  expect(readingsOf('packages/experiment')).toContain('docs/random-numbers.md');
});

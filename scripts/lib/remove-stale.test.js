import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeStale } from './remove-stale.js';

/** A package with these empty files. */
function packageOf(...names) {
  const path = mkdtempSync(join(tmpdir(), 'latentkit-stale-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  for (const name of names) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), '');
  }
  return path;
}
const madeOf = (name) => ['.js', '.d.ts', '.js.map'].map((ending) => `dist/${name}${ending}`);

test('what a source makes stays', () => {
  const path = packageOf('src/a.ts', 'src/deep/b.ts', ...madeOf('a'), ...madeOf('deep/b'));
  expect(removeStale(path)).toEqual([]);
  expect(readdirSync(join(path, 'dist'), { recursive: true })).toHaveLength(7);
});

test('what no source makes goes, with folders that are empty then', () => {
  const path = packageOf('src/a.ts', ...madeOf('a'), ...madeOf('old'), ...madeOf('gone/deep/b'));
  expect(removeStale(path)).toEqual([
    ...['gone/deep/b.d.ts', 'gone/deep/b.js', 'gone/deep/b.js.map'],
    ...['old.d.ts', 'old.js', 'old.js.map'],
  ]);
  expect(readdirSync(join(path, 'dist'), { recursive: true }).sort()).toEqual(['a.d.ts', 'a.js', 'a.js.map']);
});

test('so does what builds leave out: tests and their helpers', () => {
  const path = packageOf('src/a.test.ts', 'src/testing/b.ts', 'dist/a.test.js', 'dist/testing/b.js');
  expect(removeStale(path)).toEqual(['a.test.js', 'testing/b.js']);
});

test('generated sources may come later, other files are not the compiler’s', () => {
  const path = packageOf('src/a.ts', 'dist/generated/binary.js', 'dist/asset.wasm');
  expect(removeStale(path)).toEqual([]);
});

test('without a dist there is nothing to do', () => {
  expect(removeStale(packageOf('src/a.ts'))).toEqual([]);
});

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
  return { path, manifest: { scripts: { build: 'tsc' } } };
}
const madeOf = (name) => ['.js', '.d.ts', '.js.map'].map((ending) => `dist/${name}${ending}`);

test('what a source makes stays', () => {
  const one = packageOf('src/a.ts', 'src/deep/b.ts', ...madeOf('a'), ...madeOf('deep/b'));
  expect(removeStale(one)).toEqual([]);
  expect(readdirSync(join(one.path, 'dist'), { recursive: true })).toHaveLength(7);
});

test('what no source makes goes, with folders that are empty then', () => {
  const one = packageOf('src/a.ts', ...madeOf('a'), ...madeOf('old'), ...madeOf('gone/deep/b'));
  expect(removeStale(one)).toEqual([
    ...['gone/deep/b.d.ts', 'gone/deep/b.js', 'gone/deep/b.js.map'],
    ...['old.d.ts', 'old.js', 'old.js.map'],
  ]);
  expect(readdirSync(join(one.path, 'dist'), { recursive: true }).sort()).toEqual([
    'a.d.ts',
    'a.js',
    'a.js.map',
  ]);
});

test('so does what builds leave out: tests and their helpers', () => {
  const one = packageOf('src/a.test.ts', 'src/testing/b.ts', 'dist/a.test.js', 'dist/testing/b.js');
  expect(removeStale(one)).toEqual(['a.test.js', 'testing/b.js']);
});

test('generated sources may come later, other files are not the compiler’s', () => {
  const one = packageOf('src/a.ts', 'dist/generated/binary.js', 'dist/asset.wasm');
  expect(removeStale(one)).toEqual([]);
});

test('without a dist there is nothing to do', () => {
  expect(removeStale(packageOf('src/a.ts'))).toEqual([]);
});

test('what the compiler does not make is not looked at: a page that was built lies there whole', () => {
  const page = {
    ...packageOf('src/main.tsx', 'dist/assets/index-1a2b.js'),
    manifest: { scripts: { test: 'vitest' } },
  };
  expect(removeStale(page)).toEqual([]);
});

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { stampOf } from './build-stamp.js';

const root = mkdtempSync(join(tmpdir(), 'stamp-'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('the stamp changes with a source, with what was built, and with nothing else', () => {
  const write = (path, text) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
    utimesSync(join(root, path), 1, 1);
  };
  for (const name of ['package.json', 'pnpm-lock.yaml', 'turbo.json']) write(name, '');
  write('packages/a/src/index.ts', 'one');
  write('packages/a/dist/index.js', 'one');
  const stamp = () => stampOf(root, ['packages/a']);
  const before = stamp();
  write('packages/a/.turbo/log', 'said');
  write('packages/a/node_modules/b/index.js', '');
  expect(stamp()).toBe(before);
  write('packages/a/src/index.ts', 'another');
  expect(stamp()).not.toBe(before);
  write('packages/a/src/index.ts', 'one');
  expect(stamp()).toBe(before);
  rmSync(join(root, 'packages/a/dist/index.js'));
  expect(stamp()).not.toBe(before);
});

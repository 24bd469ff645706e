import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/run-cli.ts';
import { bytesOf, labPage } from './lab-page.ts';

test('a page is its files by their addresses', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'a.js'), '1');
  const page = await labPage(folder);
  expect([...page.keys()].sort()).toEqual(['assets/a.js', 'index.html']);
  expect(Buffer.from(await bytesOf(page.get('assets/a.js')!)).toString()).toBe('1');
});

test('one that was not built says how to build it', async () => {
  for (const folder of [temporaryFolder(), join(temporaryFolder(), 'gone')]) {
    await expect(labPage(folder)).rejects.toMatchObject({
      code: 'E_NOT_FOUND',
      message: expect.stringContaining('npx -y pnpm@12 app:web:build'),
    });
  }
});

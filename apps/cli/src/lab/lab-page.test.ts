import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/run-cli.ts';
import { labPage } from './lab-page.ts';

/** A folder with these files in it. */
function folderOf(files: Record<string, string>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'assets'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
const INDEX = '<script type="module" src="./assets/a.js"></script><link rel="icon" href="./icon.svg" />';

test('a page is its files by their addresses, as they are when it is read', async () => {
  const folder = folderOf({ 'index.html': INDEX, 'assets/a.js': '1', 'icon.svg': '<svg/>' });
  const page = await labPage(folder);
  rmSync(folder, { recursive: true });
  expect([...page.keys()].sort()).toEqual(['assets/a.js', 'icon.svg', 'index.html']);
  expect(Buffer.from(page.get('assets/a.js')!).toString()).toBe('1');
});

test('one that is not there whole is not shown', async () => {
  await expect(labPage(folderOf({ 'index.html': INDEX, 'icon.svg': '' }))).rejects.toMatchObject({
    code: 'E_NOT_FOUND',
    message: expect.stringMatching(/asks for .*a\.js, which is not there.*app:web:build/s),
  });
});

test('one that was not built says how to build it', async () => {
  for (const folder of [temporaryFolder(), join(temporaryFolder(), 'gone')]) {
    await expect(labPage(folder)).rejects.toMatchObject({
      code: 'E_NOT_FOUND',
      message: expect.stringContaining('npx -y pnpm@12 app:web:build'),
    });
  }
});

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolders } from './make-folders.ts';

const root = mkdtempSync(join(tmpdir(), 'folders-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('of many that make the same folders at once, one has made them and none fails', async () => {
  for (let round = 0; round < 20; round++) {
    const path = join(root, String(round), 'above', 'below');
    const made = await Promise.all(Array.from({ length: 8 }, () => makeFolders(path)));
    expect(made.filter(Boolean)).toHaveLength(1);
  }
});

test.runIf(existsSync('/proc/self'))(
  'where none can be made that is an error, and not waited for',
  async () => {
    await expect(makeFolders('/proc/nothing/here')).rejects.toMatchObject({ code: 'ENOENT' });
  },
);

import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filesOf } from './files-of.ts';

const root = mkdtempSync(join(tmpdir(), 'latentkit-files-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('filesOf', () => {
  it('reads pieces of a file, and refuses one that has changed meanwhile', async () => {
    const path = join(root, 'x.npy');
    writeFileSync(path, Uint8Array.of(1, 2, 3, 4));
    const { value } = await filesOf(path).next();
    const { pieces } = value!;
    expect([pieces!.size, [...pieces!.read(1, 3)]]).toEqual([4, [2, 3]]);
    writeFileSync(path, Uint8Array.of(1, 2, 9, 4));
    utimesSync(path, 1, 1); // whatever the clock's steps
    expect(() => pieces!.read(0, 2)).toThrow(`${path} has changed while it was read`);
  });

  it.skipIf(process.platform === 'win32')('refuses what is no file and no folder, at once', async () => {
    await expect(filesOf('/dev/null').next()).rejects.toThrow(
      'it is no file and no folder, but a pipe or a device',
    );
  });
});

import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
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

  it.skipIf(process.platform === 'win32')('names links to folders, and those that lead nowhere', async () => {
    const folder = join(root, 'links');
    mkdirSync(folder);
    symlinkSync(root, join(folder, 'a'));
    symlinkSync(join(root, 'gone'), join(folder, 'b'));
    writeFileSync(join(root, 'c'), 'c');
    symlinkSync(join(root, 'c'), join(folder, 'c'));
    const said: unknown[] = [];
    for await (const { name, bytes } of filesOf(folder)) {
      said.push([
        name,
        await (async () => (bytes as () => Uint8Array)())().then(String, (error) => error.message),
      ]);
    }
    expect(said).toEqual([
      ['a', expect.stringContaining('a link to a folder, which is not followed')],
      ['b', 'it is a link that leads nowhere'],
      ['c', '99'],
    ]);
  });

  it('refuses what is too large to be read whole, with what to do', async () => {
    const path = join(root, 'large.npy');
    writeFileSync(path, '');
    truncateSync(path, 2 ** 31);
    const { value } = await filesOf(path).next();
    await expect((value!.bytes as () => Promise<Uint8Array>)()).rejects.toMatchObject({
      code: 'E_LIMIT',
      message: expect.stringContaining('latentkit pack'),
    });
    rmSync(path);
  });

  it.skipIf(process.platform === 'win32')('refuses what is no file and no folder, at once', async () => {
    await expect(filesOf('/dev/null').next()).rejects.toThrow(
      'it is no file and no folder, but a pipe or a device',
    );
  });
});

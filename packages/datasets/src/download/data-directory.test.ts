import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dataDirectory } from './data-directory.ts';

describe('dataDirectory', () => {
  it('reads files, and says nothing for those that are not there', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'latentkit-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    await writeFile(join(directory, 'a'), Uint8Array.of(1, 2));
    await mkdir(join(directory, 'folder'));
    const source = dataDirectory(directory);
    expect(source.location).toBe(directory);
    expect([...((await source.read('a')) ?? [])]).toEqual([1, 2]);
    expect(await source.read('b')).toBeUndefined();
    await expect(source.read('folder')).rejects.toMatchObject({ code: 'E_IO' });
  });

  it('tells a folder that is not there, or a file, from a folder without the files', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'latentkit-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    await writeFile(join(directory, 'a'), '');
    const [file, nowhere] = [join(directory, 'a'), join(directory, 'nowhere')];
    await expect(dataDirectory(nowhere).read('a')).rejects.toThrow(
      `there is no folder ${nowhere}. Name the folder`,
    );
    await expect(dataDirectory(file).read('a')).rejects.toMatchObject({
      ...{ code: 'E_NOT_FOUND', message: expect.stringContaining(`${file} is a file, not a folder`) },
    });
  });
});

import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskCache } from './disk-cache.ts';
import { memoryCache } from './memory-cache.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latentkit-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe.each([
  ['diskCache', () => diskCache({ directory })],
  ['memoryCache', memoryCache],
])('%s', (_, make) => {
  it('keeps what is written and what is appended', async () => {
    const cache = make();
    expect(await cache.read('a/b')).toBeUndefined();
    await cache.append('a/b', Uint8Array.of(1, 2));
    await cache.append('a/b', Uint8Array.of(3));
    expect([...((await cache.read('a/b')) ?? [])]).toEqual([1, 2, 3]);
    await cache.write('a/b', Uint8Array.of(4));
    expect([...((await cache.read('a/b')) ?? [])]).toEqual([4]);
  });

  it('removes what is there, and does not mind what is not', async () => {
    const cache = make();
    await cache.write('a', Uint8Array.of(1));
    await cache.remove('a');
    await cache.remove('a');
    expect(await cache.read('a')).toBeUndefined();
  });
});

describe('diskCache', () => {
  it('leaves no temporary files behind', async () => {
    await diskCache({ directory }).write('set/a', Uint8Array.of(1));
    expect(await readdir(join(directory, 'set'))).toEqual(['a']);
  });

  it('clears away what killed writers left beside a file, and nothing else', async () => {
    await mkdir(join(directory, 'set'));
    const dead = 2 ** 22 + 1; // beyond the numbers that Linux gives processes
    const names = [`a.${dead}-0.tmp`, `a.${process.pid}-0.tmp`, `b.${dead}-0.tmp`, 'a.tmp'];
    for (const name of [...names, `a.${dead}-1.tmp`]) await writeFile(join(directory, 'set', name), 'x');
    for (const name of names) await utimes(join(directory, 'set', name), 1e9, 1e9);
    await diskCache({ directory }).read('set/a');
    expect((await readdir(join(directory, 'set'))).sort()).toEqual(
      [...names.slice(1), `a.${dead}-1.tmp`].sort(),
    );
  });

  it('says which path the disk refused, with E_IO', async () => {
    const file = join(directory, 'file');
    await writeFile(file, 'in the way');
    const cache = diskCache({ directory: file });
    await expect(cache.write('a', new Uint8Array())).rejects.toMatchObject({
      code: 'E_IO',
      message: expect.stringContaining(join(file, 'a')),
    });
  });
});

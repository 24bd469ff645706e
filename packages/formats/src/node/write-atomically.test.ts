import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { removeAbandoned, writeAtomically, writeTogether } from './write-atomically.ts';

const directory = mkdtempSync(join(tmpdir(), 'latentkit-write-'));
afterAll(() => rmSync(directory, { recursive: true }));
let folders = 0;

function newFolder(): string {
  const folder = join(directory, String(folders++));
  mkdirSync(folder);
  return folder;
}

it('writes text and bytes, over what was there, and leaves nothing beside them', async () => {
  const folder = newFolder();
  const path = join(folder, 'a');
  await writeAtomically(path, 'first, and longer');
  await writeAtomically(path, 'zweite ü');
  expect(readFileSync(path, 'utf8')).toBe('zweite ü');
  await writeAtomically(path, Uint8Array.of(0, 255, 10));
  expect([...readFileSync(path)]).toEqual([0, 255, 10]);
  expect(readdirSync(folder)).toEqual(['a']);
});

it('writes what a view shows, not the buffer below it', async () => {
  const path = join(newFolder(), 'a');
  await writeAtomically(path, Uint8Array.of(1, 2, 3, 4).subarray(1, 3));
  expect([...readFileSync(path)]).toEqual([2, 3]);
});

it('leaves one whole file when many write at once', async () => {
  const folder = newFolder();
  const path = join(folder, 'a');
  const contents = Array.from({ length: 20 }, (_, i) => String(i).repeat(50_000));
  await Promise.all(contents.map((content) => writeAtomically(path, content)));
  expect(contents).toContain(readFileSync(path, 'utf8'));
  expect(readdirSync(folder)).toEqual(['a']);
});

it('leaves what is there, and no temporary file, when it fails at the last step', async () => {
  const folder = newFolder();
  const path = join(folder, 'a');
  mkdirSync(path);
  writeFileSync(join(path, 'precious'), 'mine');
  await expect(writeAtomically(path, 'new')).rejects.toMatchObject({
    code: 'E_IO',
    message: expect.stringContaining(`could not write ${path}: a folder of that name is in the way`),
  });
  expect(readdirSync(folder)).toEqual(['a']);
  expect(readFileSync(join(path, 'precious'), 'utf8')).toBe('mine');
});

it('says so when part of the path is a file', async () => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, 'x');
  await expect(writeAtomically(join(file, 'a'), 'new')).rejects.toMatchObject({
    code: 'E_IO',
    message: expect.stringContaining('part of that path is a file, not a folder'),
  });
});

it('writes several files and their folders, over what was there', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'a'), 'old');
  const files = ['a', 'deep/er/b', 'c'].map((name) => ({ path: join(folder, name), content: name }));
  await writeTogether(files);
  for (const { path, content } of files) expect(readFileSync(path, 'utf8')).toBe(content);
  expect(readdirSync(folder).sort()).toEqual(['a', 'c', 'deep']);
});

it('of several files that fail at the last step, gives back those before and leaves no new folder', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'a'), 'old');
  mkdirSync(join(folder, 'c'));
  const files = ['a', 'new/b', 'c'].map((name) => ({ path: join(folder, name), content: name }));
  await expect(writeTogether(files)).rejects.toMatchObject({
    code: 'E_IO',
    message: expect.stringContaining(`could not write ${join(folder, 'c')}: a folder of that name`),
  });
  expect(readdirSync(folder).sort()).toEqual(['a', 'c']);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
});

it('leaves the old file or the new one, whole, when the process is killed on the way', async () => {
  const folder = newFolder();
  const path = join(folder, 'a');
  writeFileSync(path, 'old');
  const module = new URL('write-atomically.ts', import.meta.url);
  const script = `const { writeAtomically } = await import('${module}');
await writeAtomically(${JSON.stringify(path)}, new Uint8Array(64 << 20).fill(7));`;
  const watcher = watch(folder);
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  watcher.once('change', () => child.kill('SIGKILL'));
  await once(child, 'exit');
  watcher.close();
  const content = readFileSync(path);
  if (content.length === 3) expect(content.toString()).toBe('old');
  else expect(content.length).toBe(64 << 20);
});

const [MOUNT, UNMOUNT] = ['mount', 'umount'];

describe('on a disk of 64 KB', () => {
  it('says that it is full and what to do, and leaves the old file and no temporary one', async ({
    skip,
  }) => {
    const folder = newFolder();
    try {
      execFileSync(MOUNT!, ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    } catch {
      const reason = 'only root can mount a small disk';
      process.stderr.write(`skipped writeAtomically on a full disk: ${reason}\n`); // the reporter keeps it to itself
      return skip(reason);
    }
    try {
      const path = join(folder, 'checkpoint');
      await writeAtomically(path, 'old');
      const free = statfsSync(folder).bfree;
      await expect(writeAtomically(path, new Uint8Array(1 << 20))).rejects.toMatchObject({
        code: 'E_IO',
        message: `could not write ${path}: the disk is full. Free some space, or choose another folder`,
      });
      expect(readFileSync(path, 'utf8')).toBe('old');
      expect(readdirSync(folder)).toEqual(['checkpoint']);
      expect(statfsSync(folder).bfree).toBe(free);
    } finally {
      execFileSync(UNMOUNT!, [folder]);
    }
  });
});

describe('in a folder without permission', () => {
  it('says so', async ({ skip }) => {
    if (process.getuid?.() === 0) return skip('root may write anywhere');
    const folder = newFolder();
    chmodSync(folder, 0o500);
    await expect(writeAtomically(join(folder, 'a'), 'new')).rejects.toMatchObject({
      code: 'E_IO',
      message: expect.stringContaining('you have no permission to write there'),
    });
  });
});

it('what a killed writer left is removed, and nothing of those that live or of others', async () => {
  const folder = newFolder();
  const dead = spawn(process.execPath, ['-e', '']);
  await once(dead, 'exit');
  const mine = ['a', `a.${process.pid}-0.tmp`, `b.${dead.pid}-0.tmp`, 'a.tmp'];
  for (const name of [...mine, `a.${dead.pid}-7.tmp`]) writeFileSync(join(folder, name), '');
  await removeAbandoned(folder, ['a']);
  expect(readdirSync(folder).sort()).toEqual(mine.sort());
});

import { expect, it } from 'vitest';
import { diskError } from './disk-error.ts';

it.each([
  ['ENOSPC', 'could not write runs/a: the disk is full. Free some space, or choose another folder'],
  ['EACCES', 'could not write runs/a: you have no permission to write there'],
  ['EROFS', 'could not write runs/a: that disk is read-only'],
  [
    'ENOENT',
    'could not write runs/a: its folder is gone, or is a place where nothing can be made. Leave the folder where it is',
  ],
  ['ENOTDIR', 'could not write runs/a: part of that path is a file, not a folder'],
])('says %s in words that help', (code, message) => {
  const cause = Object.assign(new Error(`${code}: gibberish, open 'runs/a.1-0.tmp'`), { code });
  const error = diskError('runs/a', cause);
  expect(error).toMatchObject({ code: 'E_IO', cause });
  expect(error.message).toContain(message);
});

it("repeats the system's words where it has none of its own", () => {
  expect(diskError('a', new Error('EIO: i/o error')).message).toContain(
    'could not write a: EIO: i/o error. Check the path',
  );
});

import { expect, it } from 'vitest';
import { filesFrom } from './dropped-files.ts';

const file = (name: string, path = '') => ({ name, webkitRelativePath: path }) as File;

/** A file of a drop as browsers give it. */
const fileEntry = (fullPath: string, error?: Error) => ({
  ...{ isFile: true, isDirectory: false, fullPath, name: fullPath.split('/').at(-1) },
  file: (resolve: (file: File) => void, reject: (error: Error) => void) =>
    error ? reject(error) : resolve(file(fullPath.split('/').at(-1)!)),
});

/** A folder that gives its entries two at a time. */
function folderEntry(fullPath: string, entries: readonly object[]) {
  return {
    ...{ isFile: false, isDirectory: true, fullPath, name: fullPath.split('/').at(-1) },
    createReader() {
      const left = [...entries];
      return { readEntries: (resolve: (some: readonly object[]) => void) => resolve(left.splice(0, 2)) };
    },
  };
}

const drop = (...entries: (object | null)[]) =>
  ({
    items: entries.map((entry) => ({
      kind: 'file',
      webkitGetAsEntry: () => entry,
      getAsFile: () => file('plain.png'),
    })),
  }) as unknown as DataTransfer;

it('gives the files of a field, by their path where a folder was chosen', async () => {
  const files = await filesFrom([file('a.png'), file('b.png', 'pets/cat/b.png')]);
  expect(files.map(({ name }) => name)).toEqual(['a.png', 'pets/cat/b.png']);
});

it('walks the folders of a drop to their ends, however few entries come at a time', async () => {
  const cats = Array.from({ length: 5 }, (_, i) => fileEntry(`/pets/cat/${i}.png`));
  const pets = folderEntry('/pets', [
    folderEntry('/pets/cat', cats),
    folderEntry('/pets/.git', [fileEntry('/pets/.git/HEAD')]),
    fileEntry('/pets/about.txt'),
  ]);
  const files = await filesFrom(drop(pets, fileEntry('/one.png')));
  expect(files.map(({ name }) => name)).toEqual([
    ...['pets/cat/0.png', 'pets/cat/1.png', 'pets/cat/2.png', 'pets/cat/3.png', 'pets/cat/4.png'],
    ...['pets/about.txt', 'one.png'],
  ]);
  expect(files.every((one) => one.file !== undefined)).toBe(true);
});

it('says of what the browser does not give why', async () => {
  const gone = fileEntry('/gone.png', new Error('it was moved'));
  expect(await filesFrom(drop(gone))).toEqual([{ name: 'gone.png', whyNot: 'it was moved' }]);
});

it('takes files that have no entry, and no text', async () => {
  const withText = drop(null);
  (withText.items as unknown as object[]).push({ kind: 'string' });
  expect((await filesFrom(withText)).map(({ name }) => name)).toEqual(['plain.png']);
});

it('asks for no entry of what is known to be a file, which takes its time within the event', async () => {
  const image = { kind: 'file', getAsFile: () => ({ ...file('one.png'), type: 'image/png' }) };
  const items = Array.from({ length: 3 }, () => image);
  expect((await filesFrom({ items } as unknown as DataTransfer)).map(({ name }) => name)).toEqual(
    Array(3).fill('one.png'),
  );
});

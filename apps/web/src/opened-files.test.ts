import { LatentkitError, nextTurn } from '@latentkit/core';
import { expect, it } from 'vitest';
import type { PickedFile } from './data/dropped-files.ts';
import type { Lab } from './lab/lab.ts';
import type { OpenedRun } from './lab/messages.ts';
import type { RunSource } from './lab/run-messages.ts';
import { createOpenedFiles } from './opened-files.ts';

const picked = (...names: string[]): PickedFile[] => names.map((name) => ({ name }));

const isTable = async (_: string, { files }: { files: PickedFile[] }) => files[0]!.name.endsWith('.csv');

/** A lab in which what is called a run is one, and what is called broken cannot be read. */
function setUp() {
  const asked: RunSource[] = [];
  const heard: string[] = [];
  const open = async (source: RunSource) => {
    asked.push(source);
    const name = 'at' in source ? source.at : 'kept' in source ? source.kept : source.name;
    if (name === 'broken') throw new LatentkitError('E_FORMAT', 'readRun: it is cut off');
    return name === 'run' ? ({ name, config: { recipe: 'mine' } } as unknown as OpenedRun) : undefined;
  };
  const opened = createOpenedFiles(
    { open, ask: isTable as Lab['ask'] },
    {
      onRun: (config) => heard.push(`run ${config?.recipe}`),
      onFiles: ({ isTable }) => heard.push(isTable ? 'table' : 'files'),
    },
  );
  return { asked, heard, opened };
}

it('shows files that are a run, and learns from others', async () => {
  const { heard, opened } = setUp();
  await opened.take(Promise.resolve(picked('run/model.json')));
  expect([heard, opened.files.value]).toEqual([['run mine'], []]);
  const images = picked('pets/cat.png', 'pets/dog.png');
  await opened.take(Promise.resolve(images));
  expect([heard, opened.files.value]).toEqual([['run mine', 'files'], images]);
  await opened.take(Promise.resolve(picked('trees.csv')));
  expect(heard).toEqual(['run mine', 'files', 'table']);
});

it('names what cannot be opened until something else is taken, and keeps the files that were there', async () => {
  const { opened } = setUp();
  const images = picked('a.png');
  await opened.take(Promise.resolve(images));
  await opened.take(Promise.resolve(picked('broken/model.json')));
  expect(opened.unopened.value?.words).toBe('broken cannot be opened: it is cut off.');
  expect(opened.files.value).toBe(images);
  const { promise, resolve } = Promise.withResolvers<PickedFile[]>();
  const taking = opened.take(promise);
  await nextTurn();
  expect(opened.files.value).toBeUndefined(); // they are looked through
  resolve(picked('b.png'));
  await taking;
  expect(opened.unopened.value).toBeUndefined();
});

it('changes nothing for an empty folder, and says so', async () => {
  const { heard, opened } = setUp();
  await opened.take(Promise.resolve([]));
  expect(opened.unopened.value?.words).toMatch(/^There is no file/);
  expect(heard).toEqual([]);
});

it('of two that are taken at once the last stays, however long the first is looked through', async () => {
  const { opened } = setUp();
  const { promise, resolve } = Promise.withResolvers<PickedFile[]>();
  const first = opened.take(promise);
  const last = picked('last.png');
  const second = opened.take(Promise.resolve(last));
  resolve(picked('first.png'));
  await Promise.all([first, second]);
  expect(opened.files.value).toBe(last);
});

it('asks of thousands of files not whether they are a run', async () => {
  const { asked, opened } = setUp();
  await opened.take(Promise.resolve(picked(...Array.from({ length: 201 }, (_, i) => `${i}.png`))));
  expect(asked).toEqual([]);
});

it("knows the folder beside the page whose run is shown, until something else is, and not another's", async () => {
  const { opened } = setUp();
  await opened.open({ at: 'run' });
  expect(opened.folder.value).toBe('run');
  opened.leave();
  expect(opened.folder.value).toBeUndefined();
  await opened.open({ at: 'broken' });
  expect(opened.unopened.value?.words).toBe('This run cannot be opened: it is cut off.');
  expect(opened.folder.value).toBeUndefined();
});

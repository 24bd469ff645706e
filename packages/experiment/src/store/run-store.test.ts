import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RUN_FILES } from '../files/run-files.ts';
import { nodeRunStore } from '../node/node-run-store.ts';
import { RUN } from '../testing/old-run.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import { exportRun, importRun } from './move-run.ts';
import { freeRunName } from './new-run-name.ts';
import type { RunStore } from './run-store.ts';

const root = tempDirectory();
let folders = 0;
const newFolder = () => join(root, `runs-${folders++}`);

const STORES: [string, () => RunStore][] = [
  ['memory', createMemoryRunStore],
  ['a folder', () => nodeRunStore(newFolder())],
];

const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);

/** A run with a config, a model and a checkpoint. */
async function keep(store: RunStore, name: string) {
  const writer = await store.open(name);
  for (const file of [RUN_FILES.config, RUN_FILES.checkpoint, RUN_FILES.weights]) {
    await writer.write(file, file === RUN_FILES.config ? JSON.stringify(RUN) : `${name}'s`);
  }
  await writer.close();
}

// A browser's private file system is held to the same in packages/testing-browser, where there is one.
describe.each(STORES)('in %s', (_, open) => {
  it('a file is what was last written, text or bytes, and absent before and after', async () => {
    const store = open();
    const files = store.files('first');
    expect(await files.read(RUN_FILES.config)).toBeUndefined();
    expect([await files.has(RUN_FILES.config), await files.list(), await store.list()]).toEqual([
      false,
      [],
      [],
    ]);
    const writer = await store.open('first');
    await writer.write(RUN_FILES.config, 'one');
    await writer.write(RUN_FILES.config, 'zwölf');
    await writer.write(RUN_FILES.checkpoint, Uint8Array.of(1, 2, 3));
    expect(text(await files.read(RUN_FILES.config))).toBe('zwölf');
    expect([...(await files.read(RUN_FILES.checkpoint))!]).toEqual([1, 2, 3]);
    expect((await files.list()).map(({ name, bytes }) => [name, bytes])).toEqual([
      [RUN_FILES.config, 6],
      [RUN_FILES.checkpoint, 3],
    ]);
    expect((await files.list([RUN_FILES.checkpoint])).map(({ name }) => name)).toEqual([
      RUN_FILES.checkpoint,
    ]);
    await writer.remove(RUN_FILES.config);
    await writer.remove(RUN_FILES.config);
    expect(await files.has(RUN_FILES.config)).toBe(false);
    await writer.close();
  });

  it('what is handed over may be changed afterwards, and what is got', async () => {
    const store = open();
    const writer = await store.open('first');
    const bytes = Buffer.of(1, 2); // whose slices are no copies
    await writer.write(RUN_FILES.weights, bytes);
    bytes[0] = 9;
    (await writer.read(RUN_FILES.weights))!.slice()[1] = 9;
    (await writer.read(RUN_FILES.weights))![1] = 9;
    expect([...(await writer.read(RUN_FILES.weights))!]).toEqual([1, 2]);
    await writer.close();
  });

  it('a file is added to where it is there, and else refused', async () => {
    const writer = await open().open('first');
    await expect(writer.append(RUN_FILES.metrics, 'a')).rejects.toMatchObject({ code: 'E_IO' });
    expect(await writer.has(RUN_FILES.metrics)).toBe(false);
    await writer.write(RUN_FILES.metrics, '');
    await writer.append(RUN_FILES.metrics, 'a\n');
    await writer.append(RUN_FILES.metrics, 'b\n');
    expect(text(await writer.read(RUN_FILES.metrics))).toBe('a\nb\n');
    await writer.close();
  });

  it('one writes a run at a time, and it is neither renamed nor removed meanwhile', async () => {
    const store = open();
    await keep(store, 'first');
    const files = store.files('first');
    expect(await files.state()).toBe('free');
    const writer = await store.open('first');
    expect(await files.state()).toBe('held');
    const refusal = { code: 'E_EXISTS', message: expect.stringContaining('is being written by another run') };
    await expect(store.open('first')).rejects.toMatchObject(refusal);
    await expect(store.rename('first', 'second')).rejects.toMatchObject(refusal);
    await expect(store.remove('first')).rejects.toMatchObject(refusal);
    await (await store.open('second')).close();
    await writer.close();
    await (await store.open('first')).close();
    expect((await files.list()).length).toBe(3);
  });

  it('a run has another name with all its files, where that is free', async () => {
    const store = open();
    await keep(store, 'first');
    await keep(store, 'second');
    await expect(store.rename('first', 'second')).rejects.toMatchObject({ code: 'E_EXISTS' });
    await expect(store.rename('third', 'fourth')).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
    const before = await store.files('first').list();
    await store.rename('first', 'first');
    await store.rename('first', 'erste, über α');
    expect((await store.list()).sort()).toEqual(['erste, über α', 'second']);
    expect(await store.files('first').list()).toEqual([]);
    const now = await store.files('erste, über α').list();
    expect(now.map(({ name, bytes }) => [name, bytes])).toEqual(
      before.map(({ name, bytes }) => [name, bytes]),
    );
    expect(await store.files('erste, über α').state()).toBe('free');
    await (await store.open('erste, über α')).close();
  });

  it('a run that is removed is gone, and the others are not', async () => {
    const store = open();
    await keep(store, 'first');
    await keep(store, 'second');
    await store.remove('first');
    await store.remove('first');
    expect(await store.list()).toEqual(['second']);
    expect(text(await store.files('second').read(RUN_FILES.weights))).toBe("second's");
  });

  it.each([
    '',
    '.',
    '..',
    '../up',
    'a/b',
    'a\\b',
    '.hidden',
    'dot.',
    'space ',
    'a:b',
    'a\nb',
    'ü'.repeat(61),
  ])('no run is called %j', async (name) => {
    const store = open();
    await keep(store, 'first');
    const refusal = { code: 'E_USAGE', message: expect.stringContaining('the name of a run must be') };
    await expect(store.open(name)).rejects.toMatchObject(refusal);
    await expect(store.rename('first', name)).rejects.toMatchObject(refusal);
    expect(() => store.files(name)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
  });

  it.each(['con', 'NUL', 'CON.zip', 'aux .old', 'com1', 'Lpt\u00b9.tar.gz', 'CONIN$'])(
    'none is called %j from now on, as a Windows device is; one that is can be read, renamed and removed',
    async (name) => {
      const store = open();
      await keep(store, 'first');
      const refusal = { code: 'E_USAGE', message: expect.stringContaining('Windows has for a device') };
      await expect(store.rename('first', name)).rejects.toMatchObject(refusal);
      await expect(freeRunName(store, name)).rejects.toMatchObject(refusal);
      const files = await exportRun(store, 'first');
      await expect(importRun(store, name, files)).rejects.toMatchObject(refusal);
      expect(await store.list()).toEqual(['first']);
      await keep(store, name);
      expect(text(await store.files(name).read(RUN_FILES.weights))).toBe(`${name}'s`);
      await store.rename(name, 'second');
      await keep(store, name);
      await store.remove(name);
      expect((await store.list()).sort()).toEqual(['first', 'second']);
    },
  );

  it.each(['console', 'nullable', 'com10', 'lpt', 'a con', 'prn-2'])(
    'one may be called %j, which is no device',
    async (name) => {
      const store = open();
      await keep(store, 'first');
      await store.rename('first', name);
      expect(await store.list()).toEqual([name]);
    },
  );
});

it('in a folder, what is no run is not listed, and stays where a run is removed', async () => {
  const folder = newFolder();
  const store = nodeRunStore(folder);
  await keep(store, 'first');
  mkdirSync(join(folder, 'photos'));
  writeFileSync(join(folder, 'photos', 'config.json'), '{"editor":true}');
  writeFileSync(join(folder, 'first', 'notes.txt'), 'mine');
  expect(await store.list()).toEqual(['first']);
  await store.remove('first');
  await store.remove('photos');
  expect(readFileSync(join(folder, 'first', 'notes.txt'), 'utf8')).toBe('mine');
  expect(readFileSync(join(folder, 'photos', 'config.json'), 'utf8')).toBe('{"editor":true}');
  expect(await nodeRunStore(join(folder, 'nowhere')).list()).toEqual([]);
});

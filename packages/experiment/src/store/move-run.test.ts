import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { RUN_FILES } from '../files/run-files.ts';
import { nodeRunStore } from '../node/node-run-store.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { trainRun } from '../testing/train-run.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import { exportRun, importRun, type NamedBytes } from './move-run.ts';
import type { RunStore } from './run-store.ts';

const root = tempDirectory();
let files: NamedBytes[];

beforeAll(async () => {
  await trainRun({ out: join(root, 'first') });
  files = await exportRun(nodeRunStore(root), 'first');
});

const contentOf = (some: readonly NamedBytes[]) =>
  Object.fromEntries(some.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex')]));

const without = (...names: string[]) => files.filter(({ name }) => !names.includes(name));
const changed = (name: string, change: (bytes: Uint8Array) => Uint8Array) =>
  files.map((file) => (file.name === name ? { name, bytes: change(file.bytes.slice()) } : file));
const flipped = (bytes: Uint8Array) => {
  bytes[bytes.length - 2]! ^= 1;
  return bytes;
};

it('a run goes from a disk to another store and back as it was, to the byte', async () => {
  const store = createMemoryRunStore();
  expect(await importRun(store, 'second', files)).toEqual({ leftOut: [] });
  const back = await exportRun(store, 'second');
  expect(contentOf(back)).toEqual(contentOf(files));
  await importRun(nodeRunStore(root), 'third', back);
  expect(contentOf(await exportRun(nodeRunStore(root), 'third'))).toEqual(contentOf(files));
});

it('a folder that all lie in is the run, and what is not its is left out', async () => {
  const inFolder = files.map(({ name, bytes }) => ({ name: `runs\\first/${name}`, bytes }));
  const others = ['runs/first/notes.txt', 'runs/model.json', 'runs/first/run.lock', 'runs/first/../../evil'];
  const store = createMemoryRunStore();
  const given = [...others.map((name) => ({ name, bytes: Uint8Array.of(1) })), ...inFolder];
  expect(await importRun(store, 'first', given)).toEqual({ leftOut: others });
  expect(contentOf(await exportRun(store, 'first'))).toEqual(contentOf(files));
});

it.each([RUN_FILES.model, RUN_FILES.checkpoint])('without its %s it is still a run', async (name) => {
  const store = createMemoryRunStore();
  await importRun(store, 'first', without(name));
  expect(await store.list()).toEqual(['first']);
});

describe('is refused, and leaves nothing', () => {
  const cases: [string, () => readonly NamedBytes[], string, string][] = [
    ['nothing', () => [], 'E_FORMAT', 'got 0 of the name config.json'],
    ['no config', () => without(RUN_FILES.config), 'E_FORMAT', 'got 0 of the name config.json'],
    [
      'two runs',
      () => [...files, ...files.map(({ name, bytes }) => ({ name: `b/${name}`, bytes }))],
      'E_FORMAT',
      'got 2',
    ],
    [
      'a file twice',
      () => [...files, files.find(({ name }) => name === RUN_FILES.weights)!],
      'E_FORMAT',
      'twice',
    ],
    [
      'neither model nor checkpoint',
      () => without(RUN_FILES.model, RUN_FILES.checkpoint),
      'E_FORMAT',
      'got neither',
    ],
    [
      'a config that is none',
      () => changed(RUN_FILES.config, () => new TextEncoder().encode('{}')),
      'E_CONFIG',
      'first/config.json',
    ],
    [
      'weights of which a bit is another',
      () => changed(RUN_FILES.weights, flipped),
      'E_FORMAT',
      'model.safetensors',
    ],
    [
      'a checkpoint of which a bit is another',
      () => changed(RUN_FILES.checkpoint, flipped),
      'E_FORMAT',
      'damaged',
    ],
    ['no weights', () => without(RUN_FILES.weights), 'E_NOT_FOUND', 'holds no model.safetensors. Give all'],
    ['no metrics', () => without(RUN_FILES.metrics), 'E_NOT_FOUND', 'holds no metrics.jsonl. Give all files'],
    [
      'metrics that are none',
      () => changed(RUN_FILES.metrics, () => new TextEncoder().encode('{"epoch": 1}\nepoch two\n')),
      'E_FORMAT',
      'first/metrics.jsonl',
    ],
    ['no files', () => [{ name: 3 }] as never, 'E_USAGE', 'importRun: a file must be'],
    ['a number', () => 3 as never, 'E_USAGE', 'importRun: files must be a list'],
  ];
  it.each(cases)('%s', async (_, given, code, message) => {
    const store = createMemoryRunStore();
    await expect(importRun(store, 'first', given())).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    expect(await store.list()).toEqual([]);
  });

  it('where there is a run of that name, which stays as it is', async () => {
    const store = createMemoryRunStore();
    await importRun(store, 'first', without(RUN_FILES.checkpoint));
    await expect(importRun(store, 'first', files)).rejects.toMatchObject({ code: 'E_EXISTS' });
    expect(contentOf(await exportRun(store, 'first'))).toEqual(contentOf(without(RUN_FILES.checkpoint)));
    await expect(exportRun(store, 'second')).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
  });

  it('where the store refuses half-way', async () => {
    const store = createMemoryRunStore();
    let room = 3;
    const small: RunStore = {
      ...store,
      async open(name) {
        const writer = await store.open(name);
        return {
          ...writer,
          async write(...given) {
            if (room-- === 0) throw new Error('full');
            await writer.write(...given);
          },
        };
      },
    };
    await expect(importRun(small, 'first', files)).rejects.toThrow('full');
    expect(await store.list()).toEqual([]);
  });
});

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseSafetensors } from '@latentkit/formats';
import { savedModelOf } from '@latentkit/models';
import { describe, expect, it } from 'vitest';
import { tempDirectory } from '../testing/temp-directory.ts';
import { freshProgress, tinyConfig, tinySpec } from '../testing/tiny-run.ts';
import { checkRunDirectory, createRunDirectory } from './run-directory.ts';
import { RUN_FILES } from './run-files.ts';
import { LOCK_FILE } from './run-lock.ts';

const root = tempDirectory();
let runs = 0;
const newPath = () => join(root, `runs-${runs++}`, 'deep', 'run');

function write(path: string, content = 'mine'): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const epoch = { epoch: 1, loss: 1.5, reconstruction: 1, kl: 0.5, valLoss: 2, valReconstruction: 1, valKl: 1 };
const metrics = { ...epoch, learningRate: 0.01, beta: 1, seconds: 0.25 };

it('makes the folder, and those above it', async () => {
  const path = newPath();
  const directory = await createRunDirectory(path);
  expect(directory.path).toBe(path);
  expect(readdirSync(path).sort()).toEqual(['checkpoint', 'figures', 'run.lock']);
});

it('writes each file as what it says', async () => {
  const path = newPath();
  const directory = await createRunDirectory(path);
  await directory.writeConfig(tinyConfig());
  expect(JSON.parse(readFileSync(join(path, 'config.json'), 'utf8'))).toEqual(tinyConfig());
  await directory.writeMetrics([metrics, { ...metrics, epoch: 2 }]);
  const lines = readFileSync(join(path, 'metrics.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([metrics, { ...metrics, epoch: 2 }]);
  const weights = { a: { shape: [2], data: Float32Array.of(1, 2) } };
  await directory.writeModel({ spec: tinySpec(), epoch: 2, weights });
  expect(JSON.parse(readFileSync(join(path, 'model.json'), 'utf8'))).toEqual(
    savedModelOf({ spec: tinySpec(), epoch: 2 }),
  );
  expect(parseSafetensors(readFileSync(join(path, 'model.safetensors'))).tensors.a).toMatchObject(weights.a);
  await directory.writeReport('<!doctype html>');
  expect(readFileSync(join(path, 'report.html'), 'utf8')).toBe('<!doctype html>');
});

it('writes a figure as SVG and PNG, and nothing for a missing one', async () => {
  const path = newPath();
  const directory = await createRunDirectory(path);
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>';
  await directory.writeFigure({ name: 'samples', title: 'Samples', caption: 'Some.', svg });
  await directory.writeFigure({ name: 'latent-grid', title: 'Grid', missing: 'None.' });
  expect(readdirSync(join(path, 'figures')).sort()).toEqual(['samples.png', 'samples.svg']);
  expect(readFileSync(join(path, 'figures', 'samples.svg'), 'utf8')).toBe(svg);
  expect([...readFileSync(join(path, 'figures', 'samples.png')).subarray(0, 4)]).toEqual([
    0x89, 0x50, 0x4e, 0x47,
  ]);
});

const RUN = { recipe: 'r', dataset: {}, model: {}, training: {} };
const NAMES = [
  ...Object.values(RUN_FILES),
  join('figures', 'samples.png'),
  join('figures', 'loss-curves.svg'),
];
const weights = { a: { shape: [1], data: Float32Array.of(1) } };
const checkpointAt = (epoch: number) => ({
  progress: { ...freshProgress(7), epoch, step: epoch, history: epoch === 0 ? [] : [metrics] },
  ...{ weights, slots: {}, bestWeights: weights },
});

/** A folder with every file of a run, and others. */
function oldRun(): { path: string; others: string[] } {
  const path = newPath();
  const others = ['notes.txt', join('figures', 'own.svg'), join('checkpoint', 'epoch-3.safetensors')];
  for (const name of [...NAMES, ...others]) write(join(path, name));
  write(join(path, RUN_FILES.config), JSON.stringify(RUN));
  return { path, others };
}

const snapshot = (path: string) =>
  Object.fromEntries(
    readdirSync(path, { recursive: true, encoding: 'utf8' })
      .sort()
      .filter((name) => !statSync(join(path, name)).isDirectory())
      .map((name) => [name, readFileSync(join(path, name), 'utf8')]),
  );

describe('a folder that holds a run', () => {
  it('is refused, and left as it is', async () => {
    const { path } = oldRun();
    const before = snapshot(path);
    const refusal = {
      code: 'E_EXISTS',
      message: `${path} already holds a run: there is a config.json. Choose another folder, or replace that run with force: true`,
    };
    await expect(checkRunDirectory(path)).rejects.toMatchObject(refusal);
    await expect(createRunDirectory(path)).rejects.toMatchObject(refusal);
    expect(snapshot(path)).toEqual(before);
    await expect(checkRunDirectory(path, { fix: 'Say --force' })).rejects.toThrow('config.json. Say --force');
  });

  it('keeps it, by force too, until the new one has a checkpoint of an epoch', async () => {
    const { path } = oldRun();
    const before = snapshot(path);
    const directory = await createRunDirectory(path, { force: true });
    await directory.writeConfig(tinyConfig());
    await directory.writeMetrics([]);
    await directory.writeCheckpoint(checkpointAt(0));
    expect(directory.isWaiting).toBe(true);
    await directory.close();
    expect(snapshot(path)).toEqual(before);
  });

  it('then has the new one in its place, whole, and of the others nothing is touched', async () => {
    const { path, others } = oldRun();
    const directory = await createRunDirectory(path, { force: true });
    await directory.writeConfig(tinyConfig());
    await directory.writeMetrics([metrics]);
    await directory.writeCheckpoint(checkpointAt(1));
    expect(directory.isWaiting).toBe(false);
    const files = [RUN_FILES.checkpoint, RUN_FILES.config, RUN_FILES.metrics, ...others].sort();
    expect(Object.keys(snapshot(path))).toEqual([...files, LOCK_FILE].sort());
    await directory.writeReport('new');
    await directory.close();
    expect(Object.keys(snapshot(path))).toEqual([...files, RUN_FILES.report].sort());
    for (const name of others) expect(readFileSync(join(path, name), 'utf8'), name).toBe('mine');
  });

  it('keeps it where the new one cannot take its place', async () => {
    const { path } = oldRun();
    const inTheWay = join(path, RUN_FILES.report);
    rmSync(inTheWay);
    write(join(path, '.old-part', RUN_FILES.report, 'others'));
    write(inTheWay);
    const before = snapshot(path);
    const directory = await createRunDirectory(path, { force: true });
    await directory.writeConfig(tinyConfig());
    await expect(directory.writeCheckpoint(checkpointAt(1))).rejects.toMatchObject({ code: 'E_IO' });
    await directory.close();
    delete before[join('.old-part', RUN_FILES.report, 'others')];
    expect(snapshot(path)).toEqual(before);
  });
});

describe('a folder that holds a file of such a name, and no run', () => {
  it.each(NAMES)('such as %s is refused, with force too, and left as it is', async (name) => {
    const path = newPath();
    write(join(path, name));
    const refusal = {
      code: 'E_EXISTS',
      message: `${path} holds a ${name} that a run would overwrite, and that is of no run. Choose another folder, or move that file away`,
    };
    for (const options of [{}, { force: true }]) {
      await expect(checkRunDirectory(path, options)).rejects.toMatchObject(refusal);
      await expect(createRunDirectory(path, options)).rejects.toMatchObject(refusal);
    }
    expect(snapshot(path)).toEqual({ [name]: 'mine' });
  });
});

it('a folder that cannot be looked into holds nothing that anybody could name', async () => {
  const circle = newPath();
  mkdirSync(dirname(circle), { recursive: true });
  symlinkSync(basename(circle), circle);
  for (const [path, reason] of [
    [circle, 'it is a link that leads in a circle'],
    [join(root, 'x'.repeat(300)), 'its name is too long'],
  ] as const) {
    const refusal = { code: 'E_IO', message: expect.stringContaining(`could not write ${path}: ${reason}`) };
    await expect(checkRunDirectory(path)).rejects.toMatchObject(refusal);
    await expect(createRunDirectory(path, { force: true })).rejects.toMatchObject(refusal);
  }
});

describe('while a run is written', () => {
  it('nobody else may write there, with force neither; afterwards they may', async () => {
    const path = newPath();
    const first = await createRunDirectory(path);
    for (const force of [false, true]) {
      await expect(createRunDirectory(path, { force })).rejects.toMatchObject({
        code: 'E_EXISTS',
        message: expect.stringContaining(`is being written by another run (process ${process.pid} on `),
      });
    }
    await first.close();
    await (await createRunDirectory(path)).close();
  });

  it('of many that begin at once one writes', async () => {
    const path = newPath();
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => createRunDirectory(path)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of all) {
      if (result.status === 'fulfilled') await result.value.close();
      else expect(result.reason).toMatchObject({ code: 'E_EXISTS' });
    }
  });

  const changes: [string, (path: string) => void][] = [
    ['deleted', (path) => rmSync(path, { recursive: true })],
    ['moved', (path) => renameSync(path, `${path}-elsewhere`)],
    [
      'moved and replaced',
      (path) => {
        renameSync(path, `${path}-elsewhere`);
        mkdirSync(join(path, 'checkpoint'), { recursive: true });
      },
    ],
  ];
  it.each(changes)('its folder may be %s: E_IO names it, and nothing is written', async (_, change) => {
    const path = newPath();
    const directory = await createRunDirectory(path);
    await directory.writeConfig(tinyConfig());
    await directory.writeMetrics([metrics]);
    change(path);
    const before = existsSync(path) && snapshot(path);
    const gone = { code: 'E_IO', message: expect.stringContaining(`${path} was deleted, moved or replaced`) };
    await expect(directory.writeCheckpoint(checkpointAt(1))).rejects.toMatchObject(gone);
    await expect(directory.writeMetrics([metrics, metrics])).rejects.toMatchObject(gone);
    await directory.close();
    expect(existsSync(path) && snapshot(path)).toEqual(before);
  });
});

describe('a run that was killed', () => {
  const dead = { token: 'dead', pid: 2 ** 30, host: hostname(), began: 0 };
  const kill = (path: string) => write(join(path, LOCK_FILE), JSON.stringify(dead));

  it('before its first checkpoint leaves nothing that blocks a second try', async () => {
    const path = newPath();
    write(join(path, RUN_FILES.config), JSON.stringify(RUN));
    write(join(path, `${RUN_FILES.metrics}.77-3.tmp`));
    kill(path);
    await checkRunDirectory(path);
    expect(snapshot(path)).toEqual({});
  });

  it("leaves temporary files, which go when it is next opened; others' stay", async () => {
    const { path } = oldRun();
    const before = snapshot(path);
    write(join(path, 'checkpoint', 'checkpoint.safetensors.77-3.tmp'));
    write(join(path, `${RUN_FILES.report}.77-4.tmp`));
    write(join(path, 'mine.tmp'));
    kill(path);
    await expect(createRunDirectory(path)).rejects.toMatchObject({ code: 'E_EXISTS' });
    expect(snapshot(path)).toEqual({ ...before, 'mine.tmp': 'mine' });
  });

  it('while it replaced another is the one or the other, whole', async () => {
    const [half, full] = [oldRun().path, oldRun().path];
    const before = snapshot(half);
    for (const path of [half, full]) {
      write(join(path, '.new', RUN_FILES.config), JSON.stringify({ ...RUN, recipe: 'new' }));
      write(join(path, '.new', RUN_FILES.checkpoint), 'new');
      kill(path);
    }
    mkdirSync(join(half, '.old-part'));
    renameSync(join(half, RUN_FILES.config), join(half, '.old-part', RUN_FILES.config));
    for (const name of NAMES) {
      mkdirSync(dirname(join(full, '.old', name)), { recursive: true });
      renameSync(join(full, name), join(full, '.old', name));
    }
    await expect(checkRunDirectory(half)).rejects.toMatchObject({ code: 'E_EXISTS' });
    expect(snapshot(half)).toEqual(before);
    await expect(checkRunDirectory(full)).rejects.toMatchObject({ code: 'E_EXISTS' });
    expect(snapshot(full)).toMatchObject({ [RUN_FILES.checkpoint]: 'new' });
    expect(Object.keys(snapshot(full))).not.toContain(RUN_FILES.report);
  });

  it('left a lock without a word: it is taken over', async () => {
    const path = newPath();
    write(join(path, LOCK_FILE), '');
    await (await createRunDirectory(path)).close();
    expect(existsSync(path) && snapshot(path)).toEqual({});
  });

  it('on another machine may still live: it is refused, and told what to do', async () => {
    const path = newPath();
    write(join(path, LOCK_FILE), JSON.stringify({ ...dead, host: 'elsewhere' }));
    await expect(createRunDirectory(path)).rejects.toThrow(
      `if no such run is left, delete ${join(path, LOCK_FILE)}`,
    );
  });
});

it('a run that came to no checkpoint leaves nothing, not even its folder', async () => {
  const path = newPath();
  const directory = await createRunDirectory(path);
  await directory.writeConfig(tinyConfig());
  await directory.close();
  expect(existsSync(path)).toBe(false);
});

it('metrics are added to: what is there is not written again', async () => {
  const path = newPath();
  const directory = await createRunDirectory(path);
  await directory.writeMetrics([metrics]);
  const file = join(path, RUN_FILES.metrics);
  const { ino } = statSync(file);
  await directory.writeMetrics([metrics, { ...metrics, epoch: 2 }]);
  await directory.writeMetrics([metrics, { ...metrics, epoch: 2 }]);
  expect(statSync(file).ino).toBe(ino);
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(rows.map((row) => JSON.parse(row).epoch)).toEqual([1, 2]);
  rmSync(file);
  await expect(directory.writeMetrics([metrics, metrics, metrics])).rejects.toMatchObject({ code: 'E_IO' });
  expect(existsSync(file)).toBe(false);
});

it('a folder with other files is used, and they stay', async () => {
  const path = newPath();
  write(join(path, 'notes.txt'));
  write(join(path, 'figures', 'own.svg'));
  await (await createRunDirectory(path)).close();
  expect(readFileSync(join(path, 'notes.txt'), 'utf8')).toBe('mine');
  expect(readFileSync(join(path, 'figures', 'own.svg'), 'utf8')).toBe('mine');
});

it('a path that is a file gives E_IO in words', async () => {
  const path = newPath();
  write(path);
  await expect(createRunDirectory(path)).rejects.toMatchObject({
    code: 'E_IO',
    message: expect.stringContaining('a file of that name is in the way'),
  });
  await expect(createRunDirectory(join(path, 'below'))).rejects.toMatchObject({ code: 'E_IO' });
  expect(readFileSync(path, 'utf8')).toBe('mine');
});

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseSafetensors } from '@latentkit/formats';
import { createModel, savedModelOf } from '@latentkit/models';
import { describe, expect, it } from 'vitest';
import { parseRunEnd } from '../files/run-end.ts';
import { MADE_OF_WEIGHTS, RUN_FILES } from '../files/run-files.ts';
import { checkpointAt, metrics, NAMES, oldRun, snapshot, write } from '../testing/old-run.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyConfig, tinySpec } from '../testing/tiny-run.ts';
import { checkRunDirectory, createRunDirectory } from './run-directory.ts';
import { LOCK_FILE } from './run-lock.ts';

const root = tempDirectory();
let runs = 0;
const newPath = () => join(root, `runs-${runs++}`, 'deep', 'run');

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
  expect(
    readFileSync(join(path, 'metrics.csv'), 'utf8')
      .split('\n')
      .map((line) => line.split(',')[0]),
  ).toEqual(['epoch', '0', '1', '']);
  const weights = createModel(tinySpec()).initialize(1);
  await directory.writeModel({ spec: tinySpec(), epoch: 2, weights });
  const bytes = readFileSync(join(path, 'model.safetensors'));
  const { tensors } = parseSafetensors(bytes);
  expect(tensors).toEqual(
    Object.fromEntries(Object.entries(weights).map(([name, array]) => [name, { dtype: 'F32', ...array }])),
  );
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(JSON.parse(readFileSync(join(path, 'model.json'), 'utf8'))).toEqual(
    savedModelOf({ spec: tinySpec(), epoch: 2, weights: sha256 }),
  );
  await directory.writeReport('<!doctype html>');
  expect(readFileSync(join(path, 'report.html'), 'utf8')).toBe('<!doctype html>');
});

it('a test loss that is infinite comes back from the end as it was', async () => {
  const path = newPath();
  const directory = await createRunDirectory(path);
  const end = {
    epochs: 1,
    finishedAt: '2026-01-02T03:04:05Z',
    environment: {},
    testLoss: Number.POSITIVE_INFINITY,
  };
  await directory.writeEnd(end);
  const file = join(path, RUN_FILES.end);
  expect(parseRunEnd(JSON.parse(readFileSync(file, 'utf8')), file)).toEqual(end);
});

it('with other weights goes what was made of those that were there, and no more', async () => {
  const path = newPath();
  const directory = await createRunDirectory(path);
  const writeModel = (seed: number) =>
    directory.writeModel({ spec: tinySpec(), epoch: 1, weights: createModel(tinySpec()).initialize(seed) });
  const made = [...MADE_OF_WEIGHTS];
  const left = () => [RUN_FILES.report, ...made].filter((name) => existsSync(join(path, name)));
  await writeModel(1);
  await directory.writeReport('<!doctype html>');
  for (const name of made) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), 'of seed 1');
  }
  writeFileSync(join(path, 'notes.txt'), "a person's own");
  await writeModel(1);
  expect(left()).toEqual(made); // the report is written after the model, and says by being there that the run is done
  await writeModel(2);
  expect(left()).toEqual([]);
  expect(existsSync(join(path, 'notes.txt'))).toBe(true);
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

describe('a folder that holds a run', () => {
  it('is refused, and left as it is', async () => {
    const { path } = oldRun(newPath());
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
    const { path } = oldRun(newPath());
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
    const { path, others } = oldRun(newPath());
    const directory = await createRunDirectory(path, { force: true });
    await directory.writeConfig(tinyConfig());
    await directory.writeMetrics([metrics]);
    await directory.writeCheckpoint(checkpointAt(1));
    expect(directory.isWaiting).toBe(false);
    const files = [
      RUN_FILES.checkpoint,
      RUN_FILES.config,
      RUN_FILES.metrics,
      RUN_FILES.table,
      ...others,
    ].sort();
    expect(Object.keys(snapshot(path))).toEqual([...files, LOCK_FILE].sort());
    await directory.writeReport('new');
    await directory.close();
    expect(Object.keys(snapshot(path))).toEqual([...files, RUN_FILES.report].sort());
    for (const name of others) expect(readFileSync(join(path, name), 'utf8'), name).toBe('mine');
  });

  it('keeps it where the new one cannot take its place', async () => {
    const { path } = oldRun(newPath());
    const inTheWay = join(path, RUN_FILES.report);
    rmSync(inTheWay);
    write(join(path, '.latentkit-old-part', RUN_FILES.report, 'others'));
    write(inTheWay);
    const before = snapshot(path);
    const directory = await createRunDirectory(path, { force: true });
    await directory.writeConfig(tinyConfig());
    await expect(directory.writeCheckpoint(checkpointAt(1))).rejects.toMatchObject({ code: 'E_IO' });
    await directory.close();
    delete before[join('.latentkit-old-part', RUN_FILES.report, 'others')];
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

it('a column that comes later stands in the whole table', async () => {
  const path = newPath();
  const directory = await createRunDirectory(path);
  await directory.writeMetrics([metrics]);
  await directory.writeMetrics([metrics, { ...metrics, epoch: 2, valTarget: 3 }]);
  const lines = readFileSync(join(path, RUN_FILES.table), 'utf8').split('\n');
  expect(lines.map((line) => line.split(',').at(-1))).toEqual(['val_target', '', '3', '']);
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

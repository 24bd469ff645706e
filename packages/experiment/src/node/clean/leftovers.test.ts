import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RUN_FILES } from '../../files/run-files.ts';
import { collect } from '../../testing/collect.ts';
import { oldRun, RUN, snapshot, write } from '../../testing/old-run.ts';
import { tempDirectory } from '../../testing/temp-directory.ts';
import { tinyConfig } from '../../testing/tiny-run.ts';
import { createRunDirectory } from '../run-directory.ts';
import { LOCK_FILE } from '../run-lock.ts';
import { findLeftovers, type LeftoverOptions, removeLeftover } from './leftovers.ts';

const root = tempDirectory();
let count = 0;
const newFolder = () => join(root, `runs-${count++}`);
afterEach(() => void vi.unstubAllEnvs());

const DEAD_PID = 2 ** 22 + 1; // beyond what Linux and macOS give
const DEAD = JSON.stringify({ token: 'dead', pid: DEAD_PID, host: hostname(), began: 0 });
const ALIVE_ELSEWHERE = JSON.stringify({ token: 'far', pid: 1, host: 'elsewhere', began: 0 });

const find = (folder: string, options?: LeftoverOptions) => collect(findLeftovers(folder, options));

/** Removes all that is found, and says what that was. */
async function clean(folder: string, options?: LeftoverOptions): Promise<(readonly [string, string])[]> {
  const found = await find(folder, options);
  for (const leftover of found) expect(await removeLeftover(leftover)).toBe(true);
  return found.map((one) => [one.kind, one.folder] as const);
}

describe('a killed run', () => {
  it('that came to no checkpoint goes, its folder with it', async () => {
    const runs = newFolder();
    const path = join(runs, 'a', 'run');
    write(join(path, RUN_FILES.config), JSON.stringify(RUN));
    write(join(path, RUN_FILES.metrics), '');
    write(join(path, LOCK_FILE), DEAD);
    mkdirSync(join(path, 'figures'));
    const [leftover] = await find(runs);
    expect(leftover).toEqual({
      ...{ kind: 'beginning', folder: path, bytes: JSON.stringify(RUN).length + DEAD.length },
      files: [RUN_FILES.config, RUN_FILES.metrics, LOCK_FILE].map((name) => join(path, name)),
    });
    expect(await clean(runs)).toEqual([['beginning', path]]);
    expect(existsSync(path)).toBe(false);
  });

  it('loses its lock and what it had half written, and keeps all else', async () => {
    const runs = newFolder();
    const { path } = oldRun(join(runs, 'run'));
    const before = snapshot(path);
    write(join(path, LOCK_FILE), DEAD);
    write(join(path, `${RUN_FILES.checkpoint}.${DEAD_PID}-3.tmp`), 'x'.repeat(1000));
    write(join(path, '.latentkit-new', RUN_FILES.config), '{}');
    const [leftover] = await find(runs);
    expect(leftover).toMatchObject({ kind: 'killed', bytes: DEAD.length + 1000 + 2 });
    expect(await clean(runs)).toEqual([['killed', path]]);
    expect(snapshot(path)).toEqual(before);
    expect(existsSync(join(path, '.latentkit-new'))).toBe(false);
    expect(await find(runs)).toEqual([]);
  });

  it('whose lock somebody deleted loses files of dead writers, and none of others', async () => {
    const { path } = oldRun(newFolder());
    const before = snapshot(path);
    for (const name of [
      RUN_FILES.report,
      'pictures/sample.png',
      'codes/means.npy',
      'projections/quality.json',
    ]) {
      write(join(path, `${name}.${DEAD_PID}-1.tmp`));
    }
    const others = [`${RUN_FILES.report}.${process.pid}-1.tmp`, 'mine.txt.tmp', `${RUN_FILES.config}.tmp`];
    for (const name of others) write(join(path, name));
    expect(await clean(path)).toEqual([['killed', path]]);
    expect(Object.keys(snapshot(path))).toEqual([...Object.keys(before), ...others].sort());
  });
});

describe('is left alone', () => {
  it("what somebody put into a run's folder, whatever its name, when the run is tidied after a kill", async () => {
    const { path } = oldRun(newFolder());
    const notes = [
      '.old/thesis.txt',
      '.new/mine.txt',
      `${RUN_FILES.config}.backup.tmp`,
      `${RUN_FILES.report}.1.tmp`,
    ];
    for (const name of notes) write(join(path, name));
    const before = snapshot(path);
    write(join(path, LOCK_FILE), DEAD);
    const [leftover] = await find(path);
    expect(leftover!.files).toEqual([join(path, LOCK_FILE)]);
    expect(await clean(path)).toEqual([['killed', path]]);
    expect(snapshot(path)).toEqual(before);
  });

  it('a run that is being written, here and on another machine', async () => {
    const runs = newFolder();
    const directory = await createRunDirectory(join(runs, 'here'));
    await directory.writeConfig(tinyConfig());
    const { path } = oldRun(join(runs, 'there'));
    write(join(path, LOCK_FILE), ALIVE_ELSEWHERE);
    expect(await find(runs, { checkpoints: true })).toEqual([]);
    await directory.close();
  });

  it('one that began to be written after it was found', async () => {
    const { path } = oldRun(newFolder());
    const [leftover] = await find(path, { checkpoints: true });
    write(join(path, LOCK_FILE), ALIVE_ELSEWHERE);
    const before = snapshot(path);
    expect(await removeLeftover(leftover!)).toBe(false);
    expect(snapshot(path)).toEqual(before);
  });

  it("somebody's own config, with names of a run's files beside it, and folders behind links", async () => {
    const runs = newFolder();
    write(join(runs, 'mine', RUN_FILES.config), '{"editor":true}');
    write(join(runs, 'mine', `${RUN_FILES.config}.${DEAD_PID}-1.tmp`));
    write(join(runs, 'kept', RUN_FILES.config), JSON.stringify(RUN)); // no lock: kept to be repeated
    const linked = newFolder();
    write(join(linked, LOCK_FILE), DEAD);
    symlinkSync(linked, join(runs, 'link'));
    expect(await find(runs, { checkpoints: true })).toEqual([]);
  });
});

describe('a finished run', () => {
  it('keeps a checkpoint that lies behind a link, and may be of another run', async () => {
    const { path } = oldRun(newFolder());
    const { path: other } = oldRun(newFolder());
    const folder = dirname(join(path, RUN_FILES.checkpoint));
    rmSync(folder, { recursive: true });
    symlinkSync(dirname(join(other, RUN_FILES.checkpoint)), folder);
    const before = snapshot(other);
    expect(await clean(path, { checkpoints: true })).toEqual([]);
    expect(snapshot(other)).toEqual(before);
  });

  it("is found beside somebody else's config", async () => {
    const runs = newFolder();
    const { path } = oldRun(join(runs, 'run'));
    write(join(runs, RUN_FILES.config), '{"editor":true}');
    expect(await clean(runs, { checkpoints: true })).toEqual([['checkpoint', path]]);
    expect(existsSync(join(runs, RUN_FILES.config))).toBe(true);
  });

  it('loses its checkpoint where that is asked for, and nothing else', async () => {
    const { path } = oldRun(newFolder());
    const before = snapshot(path);
    expect(await find(path)).toEqual([]);
    expect(await clean(path, { checkpoints: true })).toEqual([['checkpoint', path]]);
    const { [RUN_FILES.checkpoint]: _, ...others } = before;
    expect(snapshot(path)).toEqual(others);
  });

  it('is finished with a report: the checkpoint of a stopped one stays', async () => {
    const path = newFolder();
    for (const name of [RUN_FILES.checkpoint, RUN_FILES.model, RUN_FILES.weights]) write(join(path, name));
    write(join(path, RUN_FILES.config), JSON.stringify(RUN));
    expect(await find(path, { checkpoints: true })).toEqual([]);
  });
});

it("downloads are a dataset's files in the cache, whole and in parts, and no others", async () => {
  const runs = newFolder();
  mkdirSync(runs);
  const cache = newFolder();
  vi.stubEnv('LATENTKIT_CACHE', cache);
  const ours = ['train-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz.https-mirror-test.part'];
  for (const name of ours) write(join(cache, 'mnist', name), 'x'.repeat(10));
  write(join(cache, 'mnist', 'notes.txt'));
  write(join(cache, 'others', 'train-images-idx3-ubyte.gz'));
  expect(await find(runs)).toEqual([]);
  expect(await find(runs, { downloads: true })).toMatchObject([{ kind: 'download', bytes: 20 }]);
  expect(await clean(runs, { downloads: true })).toEqual([['download', join(cache, 'mnist')]]);
  expect(Object.keys(snapshot(cache))).toEqual([join('mnist', 'notes.txt'), join('others', ours[0]!)]);
});

it('a folder that is not there is said to be missing, options of other names are refused', async () => {
  await expect(find(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
  writeFileSync(join(root, 'file'), '');
  await expect(find(join(root, 'file'))).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
  await expect(find(root, { checkpoint: true } as never)).rejects.toMatchObject({ code: 'E_CONFIG' });
});

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RUN_FILES } from '../files/run-files.ts';
import { checkpointAt, metrics, NAMES, oldRun, RUN, snapshot, write } from '../testing/old-run.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyConfig } from '../testing/tiny-run.ts';
import { checkRunDirectory, createRunDirectory } from './run-directory.ts';
import { LOCK_FILE } from './run-lock.ts';

const root = tempDirectory();
let runs = 0;
const newPath = () => join(root, `runs-${runs++}`, 'deep', 'run');

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
    const { path } = oldRun(newPath());
    const before = snapshot(path);
    write(join(path, 'checkpoint', 'checkpoint.safetensors.77-3.tmp'));
    write(join(path, `${RUN_FILES.report}.77-4.tmp`));
    write(join(path, 'mine.tmp'));
    kill(path);
    await expect(createRunDirectory(path)).rejects.toMatchObject({ code: 'E_EXISTS' });
    expect(snapshot(path)).toEqual({ ...before, 'mine.tmp': 'mine' });
  });

  it('while it replaced another is the one or the other, whole', async () => {
    const [half, full] = [oldRun(newPath()).path, oldRun(newPath()).path];
    const before = snapshot(half);
    for (const path of [half, full]) {
      write(join(path, '.latentkit-new', RUN_FILES.config), JSON.stringify({ ...RUN, recipe: 'new' }));
      write(join(path, '.latentkit-new', RUN_FILES.checkpoint), 'new');
      kill(path);
    }
    mkdirSync(join(half, '.latentkit-old-part'));
    renameSync(join(half, RUN_FILES.config), join(half, '.latentkit-old-part', RUN_FILES.config));
    for (const name of NAMES) {
      mkdirSync(dirname(join(full, '.latentkit-old', name)), { recursive: true });
      renameSync(join(full, name), join(full, '.latentkit-old', name));
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

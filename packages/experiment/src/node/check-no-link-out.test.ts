import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { collect } from '../testing/collect.ts';
import { checkpointAt, oldRun, RUN, snapshot } from '../testing/old-run.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyConfig } from '../testing/tiny-run.ts';
import { checkNoLinkOut } from './check-no-link-out.ts';
import { findLeftovers, removeLeftover } from './clean/leftovers.ts';
import { tidyAbandonedRun } from './find-run.ts';
import { nodeRunStore } from './node-run-store.ts';
import { createRunDirectory, openRunDirectory } from './run-directory.ts';
import { LOCK_FILE } from './run-lock.ts';

const root = tempDirectory();
let made = 0;
let run: string;
let elsewhere: string;

/** A run whose figures lie behind a link, beside others' files. */
beforeEach(() => {
  run = oldRun(join(root, `runs-${made}`, 'run')).path;
  elsewhere = join(root, `elsewhere-${made++}`);
  renameSync(join(run, 'figures'), elsewhere);
  symlinkSync(elsewhere, join(run, 'figures'));
});

const refusal = () => ({
  code: 'E_EXISTS',
  message: `${join(run, 'figures')} is a link that leads out of the run, to ${elsewhere}: nothing is written or deleted there. Remove the link; a whole run may be a link to another disk`,
});

describe('behind a link out of a run nothing is written, moved or deleted', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['by a run that replaces it', () => createRunDirectory(run, { force: true })],
    ['by one that goes on', () => openRunDirectory(run)],
    ['by a store that removes it', () => nodeRunStore(join(run, '..')).remove('run')],
  ])('%s', async (_, work) => {
    const before = [snapshot(run), snapshot(elsewhere)];
    await expect(work()).rejects.toMatchObject(refusal());
    expect([snapshot(run), snapshot(elsewhere)]).toEqual(before);
  });

  it('by whoever tidies up after a kill', async () => {
    const owner = { token: 'dead', pid: 2 ** 22 + 1, host: hostname(), began: 0 };
    writeFileSync(join(run, LOCK_FILE), JSON.stringify(owner));
    writeFileSync(join(elsewhere, `samples.svg.${owner.pid}-0.tmp`), '');
    const before = snapshot(elsewhere);
    await tidyAbandonedRun(run);
    writeFileSync(join(run, LOCK_FILE), JSON.stringify(owner));
    const [leftover] = await collect(findLeftovers(join(run, '..')));
    await expect(removeLeftover(leftover!)).rejects.toMatchObject(refusal());
    expect(snapshot(elsewhere)).toEqual(before);
  });

  it('by a run whose folder becomes one while it is written', async () => {
    const path = join(root, `late-${made}`);
    const directory = await createRunDirectory(path);
    await directory.writeConfig(tinyConfig());
    renameSync(join(path, 'checkpoint'), join(path, 'mine'));
    symlinkSync(elsewhere, join(path, 'checkpoint'));
    await expect(directory.writeCheckpoint(checkpointAt(0))).rejects.toMatchObject({ code: 'E_EXISTS' });
    await directory.close();
  });
});

it('a run may be a link itself, and hold links that stay within it', async () => {
  const [whole, link] = [join(root, 'whole'), join(root, 'link')];
  mkdirSync(join(whole, 'pictures-of-july'), { recursive: true });
  writeFileSync(join(whole, 'config.json'), JSON.stringify(RUN));
  symlinkSync('pictures-of-july', join(whole, 'pictures'));
  symlinkSync(whole, link);
  await checkNoLinkOut(link);
  symlinkSync('nowhere', join(whole, 'codes'));
  await expect(checkNoLinkOut(link)).rejects.toThrow('is a link that leads out of the run, to nowhere');
});

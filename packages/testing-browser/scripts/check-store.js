import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadRun, nodeRunStore, runExperiment } from '@latentkit/experiment/node';
import { createMemoryRunStore, exportRun } from '@latentkit/experiment/store';
import { exerciseStore } from '../src/exercise-store.ts';
import { KEPT_CONFIG, keptDataset } from '../src/keep-runs.ts';
import { readOutcome } from './open-page.js';
import { serve } from './serve.js';

const CLI = fileURLToPath(new URL('../../../apps/cli/dist/main.js', import.meta.url));
const WEIGHTS = 'model.safetensors';
const CHECKPOINT = 'checkpoint/checkpoint.safetensors';
const CRASHES = 2;
const LITTLE = 10_000; // bytes: rows find room, a checkpoint does not

/**
 * Runs in a browser's private file system: as other places of runs, to the bytes of Node after the page, or the browser, ended in the
 * middle of one, on a full disk too; and the command line goes on with what a page wrote, and a page opens what it makes.
 */
export async function checkStore({ launch, folder, check }) {
  const work = await mkdtemp(join(tmpdir(), 'latentkit-store-'));
  const server = await serve(folder, {});
  const profile = join(work, 'profile');
  let context = await launch(profile);
  const reopen = async () => {
    await context.close();
    context = await launch(profile);
  };
  /** In a worker, as a lab would; `given` is what is too long for an address. */
  const ask = async (task, { given, stays = false } = {}) => {
    const page = await context.newPage();
    if (given) await page.addInitScript((value) => Object.assign(globalThis, { given: value }), given);
    const query = new URLSearchParams({ where: 'worker', store: JSON.stringify(task) });
    const outcome = await readOutcome(page, `${server.origin}/?${query}`);
    if (!stays) await page.close();
    return outcome;
  };
  try {
    const expected = await trainInNode(join(work, 'node'));
    const kept = join(work, 'kept');

    await check("a browser's private file system does what memory and a disk do", async () => {
      const { told } = await ask({ do: 'exercise' });
      equal(told, await exerciseStore(createMemoryRunStore()), 'what memory does');
      equal(told, await exerciseStore(nodeRunStore(join(work, 'exercise'))), 'what a disk does');
    });

    await check('a page that trains holds its run, and no other page writes it', async () => {
      const { runs } = await ask({ do: 'halt', run: 'first' }, { stays: true });
      equal(statesOf(runs), ['first writing 1 of 6'], 'the run in the page that trains it');
      equal(statesOf((await ask({ do: 'list' })).runs), ['first writing 1 of 6'], 'in another page');
      for (const task of [{ do: 'resume' }, { do: 'remove' }, { do: 'rename', name: 'second' }]) {
        const refusal = await ask({ run: 'first', ...task }).catch(({ message }) => message);
        if (!/first is being written by another run/.test(refusal)) throw new Error(`${task.do}: ${refusal}`);
      }
    });

    await check('ended in the middle of an epoch, it is listed, and its files load on a disk', async () => {
      await reopen();
      equal(statesOf((await ask({ do: 'list' })).runs), ['first stopped 1 of 6'], 'the run');
      const { files } = await ask({ do: 'export', run: 'first' });
      await writeFiles(join(kept, 'stopped'), files);
      await promisify(execFile)(process.execPath, [CLI, 'train', '--resume', join(kept, 'stopped')]);
      equal(await hashOf(join(kept, 'stopped', WEIGHTS)), expected, 'what the command line comes to');
    });

    await check('on a full disk it trains on, and what stood there is as it was', async () => {
      const before = await ask({ do: 'export', run: 'first' });
      const limit = await limitRoom(context, server.origin);
      await limit.to(LITTLE);
      const { refused } = await ask({ do: 'resume', run: 'first' });
      const sentence =
        /^E_IO could not write first\/.*: the room that the browser gives this site is used up/;
      if (refused.length === 0 || !refused.every((text) => sentence.test(text))) {
        throw new Error(`expected ${sentence}, got ${JSON.stringify(refused.slice(0, 2))}`);
      }
      await limit.lift();
      const after = await ask({ do: 'export', run: 'first' });
      equal(hash(after.files[CHECKPOINT]), hash(before.files[CHECKPOINT]), 'the checkpoint');
      equal(statesOf(after.runs)[0].split(' ')[1], 'stopped', 'its state');
    });

    await check("it goes on to Node's bytes, and Node opens it", async () => {
      const { refused } = await ask({ do: 'resume', run: 'first' });
      equal(refused, [], 'what was refused');
      const { runs, files } = await ask({ do: 'export', run: 'first' });
      equal(statesOf(runs), ['first finished 6 of 6'], 'the run');
      equal(hash(files[WEIGHTS]), expected, 'the weights');
      await writeFiles(join(kept, 'finished'), files);
      const run = await loadRun(join(kept, 'finished'));
      equal(run.epoch, JSON.parse(Buffer.from(files['model.json'], 'base64')).epoch, 'the epoch');
      run.dispose();
    });

    await check('what the command line made is kept in a page, renamed and removed', async () => {
      const made = await exportRun(nodeRunStore(kept), 'stopped');
      const files = Object.fromEntries(
        made.map(({ name, bytes }) => [`runs/stopped/${name}`, Buffer.from(bytes).toString('base64')]),
      );
      await ask({ do: 'import', run: 'von der Platte' }, { given: { files } });
      await ask({ do: 'rename', run: 'von der Platte', name: 'second' });
      const { files: back, runs } = await ask({ do: 'export', run: 'second' });
      equal(statesOf(runs).sort(), ['first finished 6 of 6', 'second finished 6 of 6'], 'the runs');
      equal(
        Object.keys(back),
        made.map(({ name }) => name),
        'its files',
      );
      for (const { name, bytes } of made) equal(hash(back[name]), hash(bytes), name);
      for (const run of ['first', 'second']) await ask({ do: 'remove', run });
      equal((await ask({ do: 'list' })).runs, [], 'what is left');
    });

    await check(`after ${CRASHES} crashes of the browser it goes on to Node's bytes`, async () => {
      for (let i = 0; i < CRASHES; i++) {
        const { strays: half } = await ask(
          { do: 'begin', run: `crash ${i}`, checkpoints: 5 + 5 * i },
          { stays: true },
        );
        if (half.length === 0) throw new Error('nothing is half written'); // or this browser does it elsewhere
        await crash(context);
        await reopen();
        const { runs, strays } = await ask({ do: 'list' });
        equal(strays, [], 'what the crash left');
        const [state] = statesOf(runs).filter((one) => one.startsWith(`crash ${i} `));
        if (!/ (stopped|finished) \d of 6$/.test(state)) throw new Error(`after a crash: ${state}`);
        if (state.includes('stopped')) await ask({ do: 'resume', run: `crash ${i}` });
        const { files } = await ask({ do: 'export', run: `crash ${i}` });
        equal(hash(files[WEIGHTS]), expected, `the weights after ${state}`);
      }
    });
  } finally {
    await context.close();
    await server.close();
    await rm(work, { recursive: true, force: true });
  }
}

/** The SHA-256 of what Node comes to without a break. */
async function trainInNode(out) {
  const run = runExperiment({ config: KEPT_CONFIG, dataset: keptDataset(), out, workers: 1 });
  for await (const { type } of run) if (type === 'end') break;
  return hashOf(join(out, WEIGHTS));
}

function statesOf(runs) {
  return runs.map(({ name, state, epochs, of, why }) => `${name} ${state} ${why ?? `${epochs} of ${of}`}`);
}

async function writeFiles(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), Buffer.from(text, 'base64'));
  }
}

function hash(content) {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'base64') : content;
  return createHash('sha256').update(bytes).digest('hex');
}

async function hashOf(file) {
  return hash(await readFile(file));
}

/** How much more the browser keeps for a site than it does now. */
async function limitRoom(context, origin) {
  const page = await context.newPage();
  await page.goto(origin);
  const session = await context.newCDPSession(page);
  return {
    async to(bytes) {
      const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes });
    },
    async lift() {
      await session.send('Storage.overrideQuotaForOrigin', { origin });
      await page.close();
    },
  };
}

/** As if the power went, for the browser. */
async function crash(context) {
  const closed = new Promise((resolve) => context.once('close', resolve));
  const session = await context.newCDPSession(await context.newPage());
  session.send('Browser.crash').catch(() => {}); // nobody is there to answer
  await closed;
}

function equal(got, wanted, what) {
  const [is, expected] = [got, wanted].map((one) => JSON.stringify(one));
  if (is !== expected) throw new Error(`${what}: expected ${expected}\n      got      ${is}`);
}

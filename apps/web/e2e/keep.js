import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readZip } from '@latentkit/formats';
import { openLabAgain } from './lab-browser.js';
import { trainInNode } from './train.js';

const run = promisify(execFile);
/** A browser that keeps no files for the page, as a private window of some. */
const KEEPS_NOTHING = 'navigator.storage.getDirectory = undefined;';
/** Some seconds to train, in which a hand can do something. */
const SHORT = { epochs: 5, images: 3000 };
/** Of ten epochs. */
const TEN = { images: 2000 };
/** Not over before its tab is closed. */
const LONG = { ...TEN, epochs: 20 };
/** With epochs of a few milliseconds. */
const QUICK = { images: 100, epochs: 120 };
const linkTo = (changes) => `#/?${new URLSearchParams({ ...changes, v: 1 })}`;
/** The page's watch asks each second, not each fifth: what is waited for is as many questions without an answer. */
const QUICK_WATCH = `{ const repeat = setInterval;
  globalThis.setInterval = (act, milliseconds, ...rest) => repeat(act, milliseconds === 5000 ? 1000 : milliseconds, ...rest); }`;

/** Waits until there is a checkpoint to go on from: the page has noted it. */
const isKept = (page) =>
  page.waitForFunction(() =>
    Object.keys(localStorage).some((key) => key.startsWith('latentkit/run-under-way/')),
  );
const button = (page, name) => page.getByRole('button', { name, exact: true }).first();
const trainButton = (page) => button(page, 'Train');

async function fingerprintOf(page) {
  const code = page.locator('[data-fingerprint]');
  await page.getByText(/^Finished ·/).waitFor();
  return code.getAttribute('data-fingerprint');
}

function same(got, wanted) {
  if (got !== wanted) throw new Error(`expected the weights ${wanted}\n      got                  ${got}`);
}

/** A browser that keeps its files from one opening to the next. */
async function withProfile(origin, use) {
  const folder = await mkdtemp(join(tmpdir(), 'latentkit-profile-'));
  const opened = [];
  try {
    await use(async (hash) => {
      opened.push(await openLabAgain(folder, origin, hash));
      return opened.at(-1);
    });
    const problems = opened.flatMap((one) => one.problems);
    if (problems.length > 0) throw new Error(problems.join('\n      '));
  } finally {
    for (const { close } of opened) await close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Ends the worker that trains, as one that ran out of memory ends: without a word. */
async function endTraining(page) {
  const ended = await Promise.all(
    page.workers().map((worker) =>
      worker.evaluate(() => {
        if (self.name === 'lab') self.close();
        return self.name === 'lab';
      }),
    ),
  );
  if (ended.filter(Boolean).length !== 1) throw new Error('there was no training worker to end');
}

/** Unpacks a run that the page gives, and has the command line evaluate it and report on it. */
async function readByCommandLine(download) {
  const folder = await mkdtemp(join(tmpdir(), 'latentkit-run-'));
  try {
    const zip = join(folder, 'run.zip');
    await download.saveAs(zip);
    const name = download.suggestedFilename().replace(/\.zip$/, '');
    await run('python3', ['-m', 'zipfile', '-e', zip, folder]);
    const cli = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
    const told = await run(process.execPath, [cli, 'evaluate', join(folder, name)]);
    await run(process.execPath, [cli, 'report', join(folder, name)]);
    return told.stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A whole run has its weights and its checkpoint, in a folder of its name. */
async function namesIn(download) {
  const names = readZip(await readFile(await download.path())).map(({ name }) => name);
  const folder = download.suggestedFilename().replace(/\.zip$/, '');
  for (const file of [
    'config.json',
    'model.safetensors',
    'metrics.jsonl',
    'checkpoint/checkpoint.safetensors',
  ]) {
    if (!names.includes(`${folder}/${file}`)) throw new Error(`the ZIP lacks ${file}: ${names.join(', ')}`);
  }
}

async function downloadRun(page, words = 'Download run') {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, words).click()]);
  return download;
}

export const KEEP_CHECKS = [
  {
    name: 'keep: a tab that is closed while it trains says how far it was and goes on by one key, to the same weights; runs are offered one after the other',
    async run({ origin }) {
      const { hash } = await trainInNode(TEN);
      let said;
      await withProfile(origin, async (open) => {
        for (const changes of [LONG, TEN]) {
          const { page, close } = await open(linkTo(changes));
          if (changes === TEN) await button(page, 'Not now').click();
          await trainButton(page).click();
          await page.getByText(/images\/s/).waitFor();
          await page.waitForFunction(
            (count) =>
              Object.keys(localStorage).filter((key) => key.startsWith('latentkit/run-under-way/')).length ===
              count,
            changes === TEN ? 2 : 1,
          );
          await page.close({ runBeforeUnload: false });
          await close();
        }
        const { page } = await open('');
        const offer = page.getByText(/A run of digits-tour was going: epoch \d+ of 10, saved/);
        await offer.waitFor();
        said = (await offer.textContent()).split('.')[0];
        await button(page, 'Not now').click();
        await page.getByText(/A run of digits-tour was going: epoch \d+ of 20, saved/).waitFor();
        await page.reload();
        await offer.waitFor();
        await page.keyboard.press('Enter');
        same(await fingerprintOf(page), hash);
        await page.getByText(/A run of digits-tour was going: epoch \d+ of 20, saved/).waitFor();
        await button(page, 'Delete it').click();
        await button(page, 'Delete it for good').click();
        await page.waitForFunction(() =>
          Object.keys(localStorage).every((key) => !key.includes('under-way')),
        );
      });
      return said;
    },
  },
  {
    name: 'keep: with epochs of a few milliseconds the first checkpoint is written while it trains, and a tab that is closed then loses no more than it says',
    async run({ origin }) {
      const { hash } = await trainInNode(QUICK);
      let said;
      await withProfile(origin, async (open) => {
        const { page, close } = await open(linkTo(QUICK));
        await trainButton(page).click();
        await isKept(page);
        await page.close({ runBeforeUnload: false });
        await close();
        const { page: again } = await open('');
        const offer = again.getByText(/A run of digits-tour was going: epoch \d+ of 120, saved/);
        await offer.waitFor(); // of a run that was over nothing is offered
        said = (await offer.textContent()).split('.')[0];
        await again.keyboard.press('Enter');
        same(await fingerprintOf(again), hash);
      });
      return said;
    },
  },
  {
    name: 'keep: two tabs are not offered one run, and the second that takes it is told; nothing is written twice',
    async run({ origin }) {
      await withProfile(origin, async (open) => {
        const { page: first, context } = await open(''); // the whole tour: it must go on until the second tab has asked
        await trainButton(first).click();
        await isKept(first);
        await button(first, 'Stop').click();
        await first.getByText(/^Stopped after epoch/).waitFor();
        // Both are offered what nobody trains.
        await first.reload();
        const second = await context.newPage();
        await second.goto(`${origin}/`);
        for (const page of [first, second]) await page.getByText(/A run of digits-tour was going/).waitFor();
        await button(first, 'Go on').click();
        await first.getByText(/images\/s/).waitFor();
        await button(first, 'Hold').click();
        await button(second, 'Go on').click();
        await second.getByText(/^\S+ is being written by another run/).waitFor();
        const third = await context.newPage();
        await third.goto(`${origin}/`);
        await third.waitForTimeout(1500);
        if (await third.getByText(/A run of digits-tour was going/).isVisible())
          throw new Error('a run is offered that another tab trains');
        await first.getByRole('button', { name: 'Go on' }).first().click();
        const { hash } = await trainInNode();
        same(await fingerprintOf(first), hash);
      });
    },
  },
  {
    name: 'keep: a run that a hand has stopped goes on at once, to the same weights, and is taken away as a run of the command line',
    graphics: 'none',
    async run({ open }) {
      const { page } = await open({ hash: linkTo(SHORT) });
      await trainButton(page).click();
      await isKept(page);
      await button(page, 'Stop').click();
      await button(page, 'Go on where it stopped').click();
      const { hash } = await trainInNode(SHORT);
      same(await fingerprintOf(page), hash);
      const told = await readByCommandLine(await downloadRun(page));
      return told
        .split('\n')
        .filter((line) => line.trim() !== '')
        .slice(0, 3);
    },
  },
  {
    name: 'keep: a loss that becomes NaN loses nothing: half the rate from the last epoch on, and half of that when it happens again, to the weights of Node; a reload offers no broken run',
    graphics: 'none',
    async run({ open }) {
      const rate = { type: 'linear', from: 1e-5, to: 0.04, epochs: 2 }; // 0.02 and more blow up
      const changes = {
        images: 1000,
        epochs: 3,
        'training.optimizer.name': 'sgd',
        'training.learningRate': JSON.stringify(rate),
      };
      const query = Object.entries(changes).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
      const { page } = await open({ hash: `#/?${query.join('&')}&v=1` });
      await trainButton(page).click();
      await page.getByText(/Stopped, nothing lost: .*the loss became NaN at step/).waitFor();
      await page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.includes('under-way')));
      await button(page, 'Go on from epoch 1 with half the rate').click();
      await button(page, 'Go on from epoch 2 with half that rate').click();
      const { hash } = await trainInNode({
        ...{ images: 1000, epochs: 3, optimizer: { name: 'sgd' }, learningRate: rate },
        rateCut: [
          { after: 1, factor: 0.5 },
          { after: 2, factor: 0.5 },
        ],
      });
      same(await fingerprintOf(page), hash);
      if (!page.url().includes('training.rateCut'))
        throw new Error(`the link does not say so: ${page.url()}`);
      await page.reload();
      await page.waitForTimeout(1000);
      if (await page.getByText(/A run of .* was going/).isVisible())
        throw new Error('a broken run is offered');
      return decodeURIComponent(page.url().split('#')[1]);
    },
  },
  {
    name: 'keep: a browser that keeps nothing says so; a stopped run goes on in the tab all the same, and can be taken away',
    graphics: 'none',
    async run({ open }) {
      const { page } = await open({ hash: linkTo(SHORT), workerScript: KEEPS_NOTHING });
      await trainButton(page).click();
      await page.getByText(/The run is kept in memory only until you close this tab/).waitFor();
      await button(page, 'Download').waitFor();
      await button(page, 'Stop').click();
      await button(page, 'Go on where it stopped').click();
      const { hash } = await trainInNode(SHORT);
      same(await fingerprintOf(page), hash);
      await namesIn(await downloadRun(page, 'Download'));
    },
  },
  {
    name: 'keep: storage that is full is told, training goes on, and the run can be taken away',
    graphics: 'none',
    async run({ open, origin }) {
      const { page, context } = await open({ hash: linkTo(SHORT) });
      const session = await context.newCDPSession(page);
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 200_000 });
      await trainButton(page).click();
      await page.getByText(/A write failed\. What is trained from here on is kept in memory only/).waitFor();
      const { hash } = await trainInNode(SHORT);
      same(await fingerprintOf(page), hash);
      await namesIn(await downloadRun(page, 'Download'));
      return page.getByText(/A write failed/).textContent();
    },
  },
  {
    name: 'keep: a training worker that ends without a word is missed, and its run goes on to the same weights',
    graphics: 'none',
    async run({ open }) {
      const { hash } = await trainInNode(SHORT);
      const { page, context } = await open({ hash: linkTo(SHORT) });
      await context.addInitScript(QUICK_WATCH);
      await page.reload();
      await trainButton(page).click();
      await isKept(page);
      await endTraining(page);
      await page.getByText(/The training worker does not answer any more/).waitFor();
      await button(page, 'Go on from its last checkpoint').click();
      same(await fingerprintOf(page), hash);
    },
  },
];

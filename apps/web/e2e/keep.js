import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLabAgain } from './lab-browser.js';
import { fingerprintInNode } from './train.js';

/** Waits until there is a checkpoint to go on from: the page has noted it. */
const isKept = (page) =>
  page.waitForFunction(() => localStorage.getItem('latentkit/run-under-way') !== null, null, {
    timeout: 120_000,
  });

export const KEEP_CHECKS = [
  {
    name: 'keep: a tab that is closed while it trains goes on where it was, to the same weights',
    async run({ origin }) {
      const { hash } = await fingerprintInNode();
      const folder = await mkdtemp(join(tmpdir(), 'latentkit-profile-'));
      const opened = [];
      const open = async () => {
        opened.push(await openLabAgain(folder, origin));
        return opened.at(-1);
      };
      try {
        const first = await open();
        await first.page.getByRole('button', { name: 'Train', exact: true }).first().click();
        await isKept(first.page);
        await first.close();
        const { page } = await open();
        await page.getByText(/A run of digits-tour stopped after epoch \d+ of 10, and is kept/).waitFor();
        await page.getByRole('button', { name: 'Go on', exact: true }).first().click();
        const code = page.locator('[data-fingerprint]');
        await code.waitFor({ timeout: 120_000 });
        const got = await code.getAttribute('data-fingerprint');
        if (got !== hash) throw new Error(`expected the weights ${hash}\n      got                  ${got}`);
        const problems = opened.flatMap((one) => one.problems);
        if (problems.length > 0) throw new Error(problems.join('\n      '));
      } finally {
        for (const { close } of opened) await close();
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
  {
    name: 'keep: a training worker that ends without a word is missed, and its run goes on to the same weights',
    async run({ open }) {
      const { hash } = await fingerprintInNode();
      const { page } = await open();
      await page.getByRole('button', { name: 'Train', exact: true }).first().click();
      await isKept(page);
      const ended = await Promise.all(
        page.workers().map((worker) =>
          worker.evaluate(() => {
            if (self.name === 'lab') self.close();
            return self.name === 'lab';
          }),
        ),
      );
      if (ended.filter(Boolean).length !== 1) throw new Error('there was no training worker to end');
      await page.getByText(/The training worker does not answer any more/).waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Go on from its last checkpoint' }).click();
      const code = page.locator('[data-fingerprint]');
      await code.waitFor({ timeout: 120_000 });
      const got = await code.getAttribute('data-fingerprint');
      if (got !== hash) throw new Error(`expected the weights ${hash}\n      got                  ${got}`);
    },
  },
];

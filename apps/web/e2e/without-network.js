import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@latentkit/testing-browser/scripts/serve.js';
import { axe } from './everyone.js';
import { hold } from './hands.js';
import { openLab } from './lab-browser.js';
import { trainInNode } from './train.js';

const HASH = '#/?epochs=2&images=600&v=1';
const button = (page, name) => page.getByRole('button', { name, exact: true }).first();
/** The page's files are kept by then. */
const isKept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

async function fingerprintAfter(page) {
  await button(page, 'Train').click();
  await page.getByText(/^Finished ·/).waitFor();
  return page.locator('[data-fingerprint]').getAttribute('data-fingerprint');
}

export const OFFLINE_CHECKS = [
  {
    name: 'offline: once it was there, the page opens and trains without a network, to the same weights; all of its places are there',
    async run({ open }) {
      const { page, context } = await open({ hash: HASH, serviceWorkers: 'allow' });
      await isKept(page);
      await context.setOffline(true);
      await page.reload();
      await button(page, 'Train').waitFor();
      const usable = await page.evaluate(() => performance.now());
      const { hash } = await trainInNode({ epochs: 2, images: 600 });
      const got = await fingerprintAfter(page);
      hold(got === hash, `expected the weights ${hash}, got ${got}`);
      for (const place of ['Evaluate', 'Compare', 'Runs', 'Map'])
        await page.getByRole('link', { name: place }).click();
      await page.getByRole('link', { name: 'Runs' }).click();
      await page.locator('.run-card').first().waitFor();
      return `first button ${(usable / 1000).toFixed(2)} s after a reload without a network`;
    },
  },
  {
    name: 'offline: a plain host gives one thread at first; a press, when nothing is trained, gives all cores, and the weights are the same',
    isolated: false,
    async run({ open }) {
      const { page } = await open({ hash: HASH, serviceWorkers: 'allow' });
      hold(!(await page.evaluate(() => crossOriginIsolated)), 'a plain host isolates');
      await isKept(page);
      const before = await fingerprintAfter(page);
      await button(page, '1 thread').click();
      await button(page, 'Use all cores (loads the page anew, once)').waitFor();
      await axe(page, 'the chip of one thread');
      await button(page, 'Use all cores (loads the page anew, once)').click();
      await page.waitForFunction(() => crossOriginIsolated);
      await page.getByText('1 thread', { exact: true }).waitFor({ state: 'detached' });
      const after = await fingerprintAfter(page);
      hold(before === after, `one thread gave ${before}, several ${after}`);
    },
  },
  {
    name: 'offline: a newer page is offered, never forced, and is there after a press; it can be installed',
    async run({ browser, folder }) {
      const site = await mkdtemp(join(tmpdir(), 'latentkit-newer-'));
      try {
        await cp(folder, site, { recursive: true });
        const server = await serve(site, {});
        const { page, context, problems } = await openLab(browser, server.origin, {
          serviceWorkers: 'allow',
        });
        try {
          await isKept(page);
          const session = await context.newCDPSession(page);
          const { errors } = await session.send('Page.getAppManifest');
          hold(errors.length === 0, `the manifest: ${JSON.stringify(errors)}`);
          const newer = '<!-- newer -->';
          await change(site, newer);
          await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
          await button(page, 'newer version').waitFor();
          hold(!(await page.content()).includes(newer), 'the newer page came by itself');
          await button(page, 'newer version').click();
          await Promise.all([page.waitForEvent('load'), button(page, 'Use it now').click()]);
          await button(page, 'Train').waitFor();
          hold((await page.content()).includes(newer), 'the older page is there after the press');
          await page.waitForTimeout(3000);
          hold(
            (await page.getByRole('button', { name: 'newer version' }).count()) === 0,
            'it is offered still',
          );
          hold(problems.length === 0, problems.join('\n      '));
        } finally {
          await context.close();
          await server.close();
        }
      } finally {
        await rm(site, { recursive: true, force: true });
      }
    },
  },
];

/** Publishes another page in the place of one. */
async function change(site, words) {
  const index = await readFile(join(site, 'index.html'), 'utf8');
  await writeFile(join(site, 'index.html'), index.replace('</body>', `${words}</body>`));
  const worker = await readFile(join(site, 'service-worker.js'), 'utf8');
  await writeFile(join(site, 'service-worker.js'), worker.replace(/VERSION = "/, 'VERSION = "0'));
}

// Takes pictures of the lab at four widths and in both schemes, all of one training: to be looked at.
// Run: node apps/web/e2e/screenshots.js FOLDER [part of a name]
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serve } from '@latentkit/testing-browser/scripts/serve.js';
import { map } from './hands.js';
import { buildPage, buildScatterPage, ISOLATED, launch, openLab } from './lab-browser.js';
import { takeScatterPictures } from './scatter/pictures.js';

const [out = 'screenshots', wanted = ''] = process.argv.slice(2);
const SIZES = {
  wide: { width: 1600, height: 1000 },
  laptop: { width: 1440, height: 900 },
  middle: { width: 1100, height: 800 },
  phone: { width: 380, height: 780 },
};
const SCHEMES = ['light', 'dark'];

const button = (page, name) => page.getByRole('button', { name, exact: true });
/** Folds the settings of a phone out, or in. */
async function turnSettings(page) {
  await page.setViewportSize(SIZES.phone);
  await page.getByRole('button', { name: /^Settings/ }).click();
  await page.setViewportSize(SIZES.wide);
}
const tour = (page, words) => page.getByRole('region', { name: 'Tour' }).getByText(words);

/** Takes the pointer to a place of the map, as shares of its sides. */
async function pointAt(page, x, y) {
  await map(page).scrollIntoViewIfNeeded();
  const box = await map(page).boundingBox();
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
  await page.waitForTimeout(300);
}

/** The lab's views in an order in which one leads to the next. */
const VIEWS = [
  ['first', (page) => page.getByText(/^What is dimmed is a finished run/).waitFor()],
  [
    'tour',
    async (page) => {
      await page.getByRole('button', { name: /^Teach a network/ }).click();
      await page.getByText(/epoch [4-9]/).waitFor();
      await button(page, 'Hold').click();
      await page.waitForTimeout(1000);
    },
  ],
  [
    'draw',
    async (page) => {
      await button(page, 'Go on').click();
      await tour(page, 'choose Map at the top').waitFor();
      await page.keyboard.press('2');
      await tour(page, 'Move over the map').waitFor();
      await page.locator('.draw-panel').getByRole('button', { name: '5', exact: true }).click();
      await page.getByText(/^More unusual than/).waitFor();
      await page.waitForTimeout(500);
    },
  ],
  [
    'map',
    async (page) => {
      await button(page, 'Skip the tour').click();
      await button(page, 'Clear').last().click();
      await map(page).focus();
      for (const [x, y, key] of [
        [0.4, 0.3, 'a'],
        [0.6, 0.7, 'b'],
      ]) {
        await pointAt(page, x, y);
        await page.keyboard.press(key);
      }
      await button(page, 'spherical').click();
      await page.locator('.legend-classes').getByRole('button', { name: '5', exact: true }).click();
      await page.waitForTimeout(1000);
    },
  ],
  [
    'lasso',
    async (page) => {
      await page.locator('.legend-classes').getByRole('button', { name: '5', exact: true }).click();
      await map(page).focus();
      await page.keyboard.press('l');
      for (let i = 0; i < 4; i++) await page.keyboard.press(']');
      await page.keyboard.press('Enter');
      await page.getByRole('img', { name: 'Their mean code, decoded' }).waitFor();
      await page.waitForTimeout(300);
    },
  ],
  [
    'near',
    async (page) => {
      await button(page, 'Clear').first().click();
      await map(page).focus();
      for (let i = 0; i < 7; i++) await page.keyboard.press('+');
      await page.waitForTimeout(2500);
    },
  ],
  [
    'trained',
    async (page) => {
      await button(page, 'Show the whole map').click();
      await page.keyboard.press('1');
      await pointAt(page, 0.55, 0.45);
    },
  ],
  [
    'details',
    async (page) => {
      await turnSettings(page);
      await page.getByText('Details', { exact: true }).click();
      await page.waitForTimeout(500);
    },
  ],
  [
    'learn',
    async (page) => {
      await page.getByText('Details', { exact: true }).click();
      await turnSettings(page);
      await page.keyboard.press('?');
      await page.getByText('Why there is a KL').click();
    },
  ],
  [
    'slow',
    async (page) => {
      await page.getByText('The loss has two parts').click();
      await button(page, 'Watch both of eight images').click();
      await page.getByText(/^Batch 1, noise 1/).waitFor();
      await button(page, 'Hold').last().click();
      for (let i = 0; i < 4; i++) await button(page, 'Step').click();
      await page.waitForTimeout(400);
    },
  ],
  [
    'notices',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.evaluate(() => {
        location.hash = '#/?beta=900&epochs=3&curtains=red&v=1';
      });
      await button(page, 'Train').click();
      await page.getByText(/^Posterior collapse/).waitFor();
      await page.locator('[data-fingerprint]').waitFor();
    },
  ],
  [
    'files',
    async (page) => {
      await turnSettings(page);
      await page.getByLabel('Images').first().selectOption('arrays');
      await page.waitForTimeout(300);
    },
  ],
  [
    'runs',
    async (page) => {
      await page.getByRole('link', { name: 'Runs' }).click();
      await page.locator('.run-drawing canvas').first().waitFor();
      await page.waitForTimeout(1000);
    },
  ],
  [
    'beside',
    async (page) => {
      for (const box of (await page.getByRole('checkbox').all()).slice(0, 2)) await box.check();
      await page.locator('.linked-maps .map').last().waitFor();
      await page.waitForTimeout(1000);
    },
  ],
];

const folder = await mkdtemp(join(tmpdir(), 'latentkit-web-'));
await mkdir(resolve(out), { recursive: true });
const browser = await launch('webgl');
const isWanted = (name) => name.includes(wanted);
const files = (view) =>
  Object.keys(SIZES).flatMap((size) =>
    SCHEMES.map((scheme) => ({ size, scheme, file: `${view}-${size}-${scheme}.png` })),
  );
const last = VIEWS.findLastIndex(([view]) => files(view).some(({ file }) => isWanted(file)));
if (last >= 0) {
  await buildPage(folder);
  const server = await serve(folder, ISOLATED);
  const { page, context, problems } = await openLab(browser, server.origin, { viewport: SIZES.wide });
  for (const [view, prepare] of VIEWS.slice(0, last + 1)) {
    await page.setViewportSize(SIZES.wide);
    await prepare(page);
    for (const { size, scheme, file } of files(view).filter(({ file }) => isWanted(file))) {
      await page.setViewportSize(SIZES[size]);
      await page.emulateMedia({ colorScheme: scheme });
      await page.evaluate(() => scrollTo(0, 0)); // what sticks to the top belongs there
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(resolve(out), file), fullPage: true });
      console.log(file);
    }
  }
  for (const problem of problems) console.error(problem);
  await context.close();
  await server.close();
}
if ('scatter'.includes(wanted)) {
  await buildScatterPage(folder);
  const site = await serve(folder, ISOLATED);
  await takeScatterPictures((options) => openLab(browser, site.origin, options), out);
  await site.close();
}
await browser.close();
await rm(folder, { recursive: true, force: true });

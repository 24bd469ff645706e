// Takes pictures of the lab at both widths and in both schemes, trained on the tour: to be looked at.
// Run: node apps/web/e2e/screenshots.js FOLDER [part of a name]
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serve } from '@latentkit/testing-browser/scripts/serve.js';
import { buildPage, buildScatterPage, ISOLATED, launch, openLab } from './lab-browser.js';
import { takeScatterPictures } from './scatter.js';

const [out = 'screenshots', wanted = ''] = process.argv.slice(2);
const SIZES = {
  wide: { width: 1600, height: 1000 },
  middle: { width: 1024, height: 768 },
  phone: { width: 380, height: 780 },
};

const VIEWS = {
  first: async () => {},
  map: async (page) => {
    await VIEWS.trained(page);
    await page.getByRole('link', { name: 'Map' }).click();
    const box = await page.locator('.map').boundingBox();
    const at = (x, y) => [box.x + x * box.width, box.y + y * box.height];
    await page.mouse.move(...at(0.4, 0.3));
    await page.locator('.map').focus();
    await page.waitForTimeout(300);
    await page.keyboard.press('a');
    await page.mouse.move(...at(0.6, 0.7));
    await page.waitForTimeout(300);
    await page.keyboard.press('b');
    await page.getByRole('button', { name: '5', exact: true }).last().click();
    await page.waitForTimeout(1500);
  },
  tour: async (page) => {
    await page.getByRole('button', { name: /^Teach a network/ }).click();
    await page.getByRole('region', { name: 'Tour' }).getByText('Watch the ten digits part').waitFor();
    await page.waitForTimeout(3000);
  },
  draw: async (page) => {
    await page.getByRole('button', { name: /^Teach a network/ }).click();
    await page
      .getByRole('region', { name: 'Tour' })
      .getByText('choose Map at the top')
      .waitFor({ timeout: 180_000 });
    await page.getByRole('link', { name: 'Map' }).click();
    await page.getByRole('region', { name: 'Tour' }).getByText('Move over the map').waitFor();
    await page.waitForTimeout(500);
  },
  learn: async (page) => {
    await VIEWS.trained(page);
    await page.keyboard.press('?');
    await page.getByText('Why there is a KL').click();
    await page.waitForTimeout(200);
  },
  slow: async (page) => {
    await VIEWS.trained(page);
    await page.getByRole('button', { name: 'Learn: the two parts of the loss' }).click();
    await page.getByRole('button', { name: 'Watch both of one image' }).click();
    await page.getByText(/^Image 1, noise 1/).waitFor();
    await page.getByRole('button', { name: 'Hold' }).last().click();
    for (let i = 0; i < 4; i++) await page.getByRole('button', { name: 'Step', exact: true }).click();
    await page.waitForTimeout(200);
  },
  near: async (page) => {
    await VIEWS.trained(page);
    await page.getByRole('link', { name: 'Map' }).click();
    await page.locator('.map').focus();
    for (let i = 0; i < 9; i++) await page.keyboard.press('+');
    await page.getByText('The whole plane').click();
    await page.waitForTimeout(2500);
  },
  trained: async (page) => {
    await page.getByRole('button', { name: 'Train', exact: true }).first().click();
    await page.locator('[data-fingerprint]').waitFor({ timeout: 180_000 });
    await page.waitForTimeout(500);
  },
};

const folder = await mkdtemp(join(tmpdir(), 'latentkit-web-'));
await mkdir(resolve(out), { recursive: true });
await buildPage(folder);
const server = await serve(folder, ISOLATED);
const browser = await launch('webgl');
for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, prepare] of Object.entries(VIEWS)) {
      const file = `${name}-${size}-${colorScheme}.png`;
      if (!file.includes(wanted)) continue;
      const { page, context, problems } = await openLab(browser, server.origin, { viewport, colorScheme });
      await prepare(page);
      // What sticks to the top belongs there.
      await page.evaluate(() => scrollTo(0, 0));
      await page.waitForTimeout(100);
      await page.screenshot({ path: join(resolve(out), file), fullPage: true });
      for (const problem of problems) console.error(`${file}: ${problem}`);
      console.log(file);
      await context.close();
    }
  }
}
await server.close();
if ('scatter'.includes(wanted)) {
  await buildScatterPage(folder);
  const site = await serve(folder, ISOLATED);
  await takeScatterPictures((options) => openLab(browser, site.origin, options), out);
  await site.close();
}
await browser.close();
await rm(folder, { recursive: true, force: true });

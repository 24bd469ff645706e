import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { normalRows } from '@latentkit/core';
import { encodeNpy } from '@latentkit/formats';
import { encodeParquet } from '@latentkit/formats/parquet';
import { axe } from './everyone.js';
import { eventually, hold, press, watchLongTasks } from './hands.js';
import { traceTasks, watchFrames } from './main-thread.js';
import { withFolder } from './with-folder.js';

const button = (page, name) => page.getByRole('button', { name, exact: true }).first();
const TITLES = ['PCA', 't-SNE', 'UMAP'];
const panel = (page, title) => page.getByRole('region', { name: title, exact: true });
/** Of one task of the page's own, in ms of computing, by how many points: a few times what it takes on a quiet machine. */
const COMPUTES_AT_MOST = { 10000: 100, 60000: 150, 200000: 300 };
/** Of the page's own thread, in ms; asserted with room for other work beside it, by a machine at its slowest. */
const LONGEST_TASK = { wanted: 50, asserted: 3000 };

async function train(page) {
  await button(page, 'Train').click();
  await page.getByText(/^Finished ·/).waitFor();
  await page.getByRole('link', { name: 'Compare' }).click();
}

async function layOut(page) {
  await button(page, 'Lay out by all three').click();
  for (const title of TITLES) await panel(page, title).getByText('Trustworthiness').waitFor();
}

async function measureOf(page, title, name) {
  const row = panel(page, title).locator('.measures > div').filter({ hasText: name });
  return Number(await row.locator('dd').textContent());
}

/** Clouds that lie far apart are told apart by any map. */
async function holdClasses(page) {
  for (const title of TITLES) {
    const share = await measureOf(page, title, 'Classes');
    hold(share === 1, `${title} mixes the clouds: ${share}`);
  }
}

/** Ten clouds of so many points, of 16 numbers each. */
function cloudsOf(count) {
  const data = normalRows(count, 16, { seed: 7, stream: 0 });
  for (const i of data.keys()) data[i] += 4 * Math.sin(37 * (Math.floor(i / 16) % 10) * ((i % 16) + 1));
  return encodeNpy({ shape: [count, 16], data });
}

/** What the page's thread and its frames do while three maps settle for so many seconds, and under a hand afterwards. */
async function watchMaps({ open, browser }, count, seconds) {
  return withFolder(async (folder) => {
    const { page, context } = await open({ hash: '#/compare' });
    await page.getByRole('combobox', { name: 'What is laid out' }).selectOption('file');
    await writeFile(join(folder, 'clouds.npy'), cloudsOf(count));
    await page.getByLabel('Choose a .npy, .csv or .parquet').setInputFiles(join(folder, 'clouds.npy'));
    const endTrace = await traceTasks(browser);
    const endFrames = await watchFrames(page);
    await button(page, 'Lay out by all three').click();
    await panel(page, 't-SNE').getByText(/^step/).waitFor();
    await page.waitForTimeout(1000 * seconds);
    const settling = { ...(await endFrames()), ...(await endTrace()) };
    if (await button(page, 'Stop all').isVisible()) await button(page, 'Stop all').click();
    await page.waitForTimeout(500);
    const endStill = await watchFrames(page);
    const box = await panel(page, 't-SNE').locator('.map').boundingBox();
    for (let i = 0; i < 40; i++)
      await page.mouse.move(box.x + box.width * (0.3 + 0.01 * i), box.y + box.height * (0.4 + 0.005 * i));
    for (let i = 0; i < 10; i++) await page.mouse.wheel(0, -30);
    const still = await endStill();
    await context.close();
    const said = `${count} points: longest task ${settling.took} ms (${LONGEST_TASK.wanted} wanted), none computes longer than ${settling.computed} ms; frame median ${settling.median} ms, p95 ${settling.late} while they settle, ${still.median} and ${still.late} under a hand`;
    // Of the waiting a busy machine has the most; what the page computes is its own.
    hold(settling.computed <= COMPUTES_AT_MOST[count], `${said}: expected ${COMPUTES_AT_MOST[count]} ms`);
    return said;
  });
}

export const COMPARE_CHECKS = [
  ...['webgl', 'none'].map((graphics) => ({
    name: `compare: maps of 10,000 points settle, and the page draws${graphics === 'none' ? ' without a GPU' : ''}; asked for alone, of 60,000 and 200,000 too`,
    graphics,
    isTimed: true,
    isExtra: graphics === 'none',
    async run(lab) {
      const lines = [];
      for (const count of lab.isAlone ? [10_000, 60_000, 200_000] : [10_000])
        lines.push(await watchMaps(lab, count, lab.isAlone ? 20 : 4));
      return lines;
    },
  })),
  {
    name: 'compare: three maps of a run settle side by side; what is under the hand, in the lasso and shown alone in one is so in all',
    async run({ open }) {
      const { page } = await open({ hash: '#/?epochs=2&images=1500&v=1' });
      await page.getByRole('link', { name: 'Compare' }).click();
      await page.getByText(/^There are no codes yet/).waitFor();
      await train(page);
      await page.getByRole('combobox', { name: 'What is laid out' }).selectOption('pixels');
      const longTasks = await watchLongTasks(page);
      await layOut(page);
      const longest = Math.max(0, ...(await longTasks()));
      hold(longest <= LONGEST_TASK.asserted, `a task of the page took ${longest} ms`);
      const trust = [];
      for (const title of TITLES) trust.push(await measureOf(page, title, 'Trustworthiness'));
      hold(
        trust.every((value) => value > 0.6 && value <= 1) && trust[1] > trust[0] && trust[2] > trust[0],
        `trustworthiness is ${trust.join(', ')}`,
      );
      const map = panel(page, 't-SNE').locator('.map');
      await map.focus();
      await press(page, 'n', 2);
      await page.getByText(/^Image \d+, class \d, marked in all maps$/).waitFor();
      await press(page, 'l');
      await press(page, ']', 4);
      await press(page, 'Enter');
      await page.getByText(/^\d+ of 300 taken, in all maps$/).waitFor();
      await page.locator('.legend-classes').getByRole('button', { name: '3', exact: true }).click();
      await page.locator('.legend-classes [aria-pressed=true]').waitFor();
      await axe(page, 'compare, with a selection');
      await page.getByLabel(/^Colour dots by/).check();
      await page.getByText('80% and more').waitFor();
      await panel(page, 'UMAP')
        .getByRole('button', { name: /^Another seed/ })
        .click();
      const said = panel(page, 'UMAP').getByText(/are its neighbours with seed 1/);
      await said.waitFor();
      await axe(page, 'compare, by trust');
      // Who comes back finds it as it was.
      await page.getByRole('link', { name: 'Map' }).click();
      await page.getByRole('link', { name: 'Compare' }).click();
      await said.waitFor();
      return [
        `trustworthiness of ${TITLES.map((title, i) => `${title} ${trust[i]}`).join(', ')}; ${await said.textContent()}`,
        `longest task ${longest} ms (${LONGEST_TASK.wanted} wanted, ${LONGEST_TASK.asserted} at most)`,
      ];
    },
  },
  {
    name: 'compare: on a phone there is one map at a time, chosen by a finger or by arrows; the others settle, and what is taken in one is so in all',
    graphics: 'none',
    run: ({ open }) =>
      withFolder(async (folder) => {
        const phone = { viewport: { width: 380, height: 780 }, hasTouch: true, isMobile: true };
        const { page } = await open({ hash: '#/compare', ...phone });
        await page.getByRole('combobox', { name: 'What is laid out' }).selectOption('file');
        await writeFile(join(folder, 'clouds.npy'), cloudsOf(300));
        await page.getByLabel('Choose a .npy, .csv or .parquet').setInputFiles(join(folder, 'clouds.npy'));
        await button(page, 'Lay out by all three').click();
        const group = page.getByRole('group', { name: 'Map that is shown' });
        const radio = (title) => group.getByRole('radio', { name: title, exact: true });
        const seen = () =>
          page
            .locator('.method .map')
            .evaluateAll((maps) =>
              maps
                .filter((map) => map.checkVisibility({ visibilityProperty: true }))
                .map((map) => map.closest('section').ariaLabel),
            );
        const isSeen = (title) =>
          eventually(async () => (await seen()).join() === title, `${title} is not seen alone`);
        await isSeen('PCA');
        await panel(page, 'PCA').getByText('Trustworthiness').waitFor();
        // All are made, whichever is seen.
        for (const title of ['t-SNE', 'UMAP'])
          await page.locator(`section[aria-label="${title}"] .measures`).waitFor({ state: 'attached' });
        for (const { width, height } of await group
          .locator('label')
          .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON())))
          hold(width >= 44 && height >= 44, `a finger is to hit ${width} x ${height} px`);
        const isWithin = await group
          .locator('label')
          .evaluateAll((all) => all.every((one) => one.scrollWidth <= one.clientWidth));
        hold(isWithin, 'what is in the switch stands out of it');
        // Nothing moves when another is chosen: the map lies where the one before did.
        const placeOf = (title) =>
          page
            .locator(`section[aria-label="${title}"]`)
            .evaluate((one) => [one.offsetTop, document.documentElement.scrollHeight].join());
        const before = await placeOf('PCA');
        await radio('t-SNE').tap();
        await isSeen('t-SNE');
        hold(
          (await placeOf('t-SNE')) === before,
          `the page moves: ${before}, then ${await placeOf('t-SNE')}`,
        );
        await press(page, 'ArrowRight');
        await isSeen('UMAP');
        await radio('UMAP').and(page.locator(':focus')).waitFor();
        // A round that is taken in one map is taken in the others.
        const map = panel(page, 'UMAP').locator('.map');
        await map.focus();
        await press(page, 'n', 2);
        await page.getByText(/^Row \d+, marked in all maps$/).waitFor();
        await press(page, 'l');
        await press(page, ']', 4);
        await press(page, 'Enter');
        await page.getByText(/^\d+ of 300 taken, in all maps$/).waitFor();
        await radio('UMAP').focus();
        await press(page, 'ArrowRight');
        await isSeen('PCA');
        await axe(page, 'compare, on a phone');
        // Turned to lie on its side there is room for more.
        await page.setViewportSize({ width: 780, height: 380 });
        await group.waitFor({ state: 'detached' });
        hold((await seen()).length === 3, `of three maps there are ${await seen()}`);
        await page.getByText(/^Point at a dot|^Row \d+, marked/).waitFor();
      }),
  },
  {
    name: 'compare: a table of numbers and classes is laid out, by its columns alone; one with gaps, and what is none, are told',
    graphics: 'none',
    async run({ open }) {
      const folder = await mkdtemp(join(tmpdir(), 'latentkit-compare-'));
      try {
        const { page } = await open({ hash: '#/compare' });
        // Two clouds, far apart: any map keeps them so.
        const lines = Array.from({ length: 80 }, (_, i) => {
          const cloud = i % 2;
          return [
            ...Array.from({ length: 4 }, (_, d) => 9 * cloud + Math.sin(5 * i + d)),
            cloud ? 'far' : 'near',
          ];
        });
        const csv = (rows) => ['a,b,c,d,class', ...rows.map((row) => row.join(','))].join('\n');
        const broken = lines.map((row, i) => (i === 3 ? ['', ...row.slice(1)] : row));
        await page.getByRole('combobox', { name: 'What is laid out' }).selectOption('file');
        const said = [];
        for (const [name, content] of [
          ['gaps.csv', csv(broken)],
          ['prose.csv', 'to be, or not to be'],
        ]) {
          await writeFile(join(folder, name), content);
          await page.getByLabel('Choose a .npy, .csv or .parquet').setInputFiles(join(folder, name));
          await button(page, 'Lay out by all three').click();
          const alert = page.getByRole('alert').first();
          await alert.waitFor();
          said.push(await alert.textContent());
          hold(
            name !== 'gaps.csv' || /line 5, column 1 \('a'\)/.test(said[0]),
            `of the gap it says: ${said[0]}`,
          );
        }
        // Columns of words, of which none is called as classes are: one that can be told apart gives them, the other is left out.
        const named = lines.map(([a, b, , , cloud], i) => [a, `tree ${i}`, b, cloud]);
        await writeFile(
          join(folder, 'words.csv'),
          ['a,name,b,soil', ...named.map((row) => row.join(','))].join('\n'),
        );
        await page.getByLabel('Choose a .npy, .csv or .parquet').setInputFiles(join(folder, 'words.csv'));
        await layOut(page);
        await page.getByText("Colours are those of 'soil'. Words are left out: 'name'.").waitFor();
        await holdClasses(page);
        // What lies under the hand is a row of the file, seen and said.
        await panel(page, 'UMAP').locator('.map').focus();
        await press(page, 'n', 2);
        const row = page
          .locator('.under-hand figure')
          .getByText(/^Row \d+, class (?:near|far), marked in all maps$/);
        await row.waitFor();
        const [number] = (await row.textContent()).match(/\d+/);
        const tree = await page.locator('.under-hand td').first().textContent();
        hold(tree === `tree ${number - 1}`, `of row ${number} it shows ${tree}`);
        await page
          .locator('[aria-live=polite]')
          .getByText(new RegExp(`Row ${number}, class (?:near|far): name tree ${number - 1}, a `))
          .waitFor();
        await axe(page, 'a row under the hand');
        // A slow start shows the first steps one by one.
        await page.getByLabel('slow start').check();
        await page.evaluate(() => {
          globalThis.steps = new Set();
          new MutationObserver(() => {
            for (const one of document.querySelectorAll('[data-phase]'))
              if (/^step/.test(one.textContent)) globalThis.steps.add(one.textContent);
          }).observe(document.body, { subtree: true, childList: true, characterData: true });
        });
        await writeFile(join(folder, 'clouds.csv'), csv(lines));
        await page.getByLabel('Choose a .npy, .csv or .parquet').setInputFiles(join(folder, 'clouds.csv'));
        await layOut(page);
        await page.getByText('Laid out: clouds.csv, 80 rows of 4 numbers.').waitFor();
        await page.locator('.legend-classes').getByRole('button', { name: 'near' }).waitFor();
        await holdClasses(page);
        const seen = await page.evaluate(() => [...globalThis.steps]);
        const first = seen.filter(
          (words) => / of 1[, ]?000$/.test(words) && Number.parseInt(words.slice(5), 10) <= 50,
        );
        hold(
          first.length >= 40,
          `of the first 50 steps of t-SNE ${first.length} were told: ${seen.join('; ')}`,
        );
        await page.getByLabel('slow start').uncheck();
        // The same as Parquet, with its words as classes.
        const columns = [
          ...['a', 'b', 'c', 'd'].map((name, d) => ({
            name,
            data: Float64Array.from(lines, (row) => row[d]),
          })),
          { name: 'species', data: lines.map((row) => row[4]) },
        ];
        await writeFile(join(folder, 'clouds.parquet'), encodeParquet(columns));
        await page
          .getByLabel('Choose a .npy, .csv or .parquet')
          .setInputFiles(join(folder, 'clouds.parquet'));
        await layOut(page);
        await page.getByText('Laid out: clouds.parquet, 80 rows of 4 numbers.').waitFor();
        await holdClasses(page);
        return said;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
];

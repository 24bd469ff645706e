import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axe } from './everyone.js';
import { hold, press, watchLongTasks } from './hands.js';

const button = (page, name) => page.getByRole('button', { name, exact: true }).first();
const TITLES = ['PCA', 't-SNE', 'UMAP'];
const panel = (page, title) => page.getByRole('region', { name: title, exact: true });
/** Of the page's own thread, in ms; asserted with room for other work beside it. */
const LONGEST_TASK = { wanted: 50, asserted: 3000 };

async function train(page) {
  await button(page, 'Train').click();
  await page.getByText(/^Finished ·/).waitFor({ timeout: 120_000 });
  await page.getByRole('link', { name: 'Compare' }).click();
}

async function layOut(page) {
  await button(page, 'Lay out by all three').click();
  for (const title of TITLES)
    await panel(page, title).getByText('Trustworthiness').waitFor({ timeout: 120_000 });
}

async function measureOf(page, title, name) {
  const row = panel(page, title).locator('.measures > div').filter({ hasText: name });
  return Number(await row.locator('dd').textContent());
}

export const COMPARE_CHECKS = [
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
      await said.waitFor({ timeout: 60_000 });
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
    name: 'compare: a table of numbers and classes is laid out, by its columns alone; one with gaps, and what is none, are told',
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
          await page.getByLabel('Choose a .npy or .csv').setInputFiles(join(folder, name));
          await button(page, 'Lay out by all three').click();
          const alert = page.getByRole('alert').first();
          await alert.waitFor({ timeout: 30_000 });
          said.push(await alert.textContent());
          hold(
            name !== 'gaps.csv' || /line 5, column 1 \('a'\)/.test(said[0]),
            `of the gap it says: ${said[0]}`,
          );
        }
        await writeFile(join(folder, 'clouds.csv'), csv(lines));
        await page.getByLabel('Choose a .npy or .csv').setInputFiles(join(folder, 'clouds.csv'));
        await layOut(page);
        await page.getByText('Laid out: clouds.csv, 80 rows of 4 numbers.').waitFor();
        await page.locator('.legend-classes').getByRole('button', { name: 'near' }).waitFor();
        for (const title of TITLES) {
          const share = await measureOf(page, title, 'Classes');
          hold(share === 1, `${title} mixes the clouds: ${share}`);
        }
        return said;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
];

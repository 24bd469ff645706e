import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const MOST_KILOBYTES = { all: 800, first: 120 };
const COUNTED = /\.(?:js|css|html|wasm)$/;

async function sizesOf(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => COUNTED.test(name));
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      return { name: name.replace('assets/', ''), kilobytes: gzipSync(bytes, { level: 9 }).length / 1000 };
    }),
  );
}

const total = (sizes) => sizes.reduce((sum, { kilobytes }) => sum + kilobytes, 0);

export const SIZE_CHECKS = [
  {
    name: 'size: the build and the first load stay small',
    isTimed: true,
    async run({ open, folder }) {
      const sizes = (await sizesOf(folder)).sort((a, b) => b.kilobytes - a.kilobytes);
      const { page } = await open();
      await page.getByRole('button', { name: 'Train', exact: true }).waitFor();
      const loaded = await page.evaluate(() =>
        performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1)),
      );
      const first = sizes.filter(({ name }) => name === 'index.html' || loaded.includes(name));
      const usable = await page.evaluate(() => performance.now());
      const found = { all: total(sizes), first: total(first) };
      for (const [what, most] of Object.entries(MOST_KILOBYTES)) {
        if (found[what] > most)
          throw new Error(`${what}: ${found[what].toFixed(0)} kB compressed, ${most} at most`);
      }
      return [
        `all ${found.all.toFixed(1)} kB compressed (${MOST_KILOBYTES.all} at most), first load ${found.first.toFixed(1)} (${MOST_KILOBYTES.first}), first button after ${(usable / 1000).toFixed(2)} s at most`,
        ...sizes.map(({ name, kilobytes }) => `  ${kilobytes.toFixed(1).padStart(6)} kB  ${name}`),
      ];
    },
  },
  {
    name: 'hosting: the lab works in a sub-folder of a plain host',
    isolated: false,
    site: '.',
    async run({ open }) {
      const { page } = await open({ hash: 'page/index.html' });
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByText(/images\/s/).waitFor();
      const panel = page.locator('.panel').first();
      const border = await panel.evaluate((element) => getComputedStyle(element).borderTopWidth);
      if (border !== '1px') throw new Error('the styles did not come');
    },
  },
];

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeZip, readZip } from '@latentkit/formats';
import { importModel } from '@latentkit/interop';
import { axe } from './everyone.js';
import { hold } from './hands.js';
import { trainTour } from './train.js';
import { withFolder } from './with-folder.js';

const HASH = '#/?epochs=1&images=500&v=1';

async function takeOut(page, words) {
  const button = page.getByRole('button', { name: words, exact: true });
  if (!(await button.isVisible())) await page.getByRole('button', { name: 'Export', exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: download.suggestedFilename(), bytes: new Uint8Array(await readFile(await download.path())) };
}

async function unpack(bytes) {
  const files = {};
  for (const { name, read } of readZip(bytes)) files[name.split('/').slice(1).join('/')] = await read();
  return files;
}

const sumOf = (weights) =>
  Object.values(weights).reduce((sum, { data }) => sum + data.reduce((part, value) => part + value, 0), 0);

/** Opens files, and gives the fingerprint of what is shown then: the run of that name, not the one before. */
async function openedBy(page, paths, name) {
  await page.getByRole('link', { name: 'Train' }).click();
  await page.getByLabel('Open a ZIP or a model').setInputFiles(paths);
  await page.locator('.run-bar').getByText(name, { exact: true }).waitFor();
  return page.locator('[data-fingerprint]').getAttribute('data-fingerprint');
}

export const EXPORT_CHECKS = [
  {
    name: 'exports: what is shown goes out as safetensors, ONNX, Keras, PyTorch and TensorFlow.js, and comes back as the same weights; codes as CSV, the map as SVG',
    graphics: 'none',
    run: (lab) =>
      withFolder(async (folder) => {
        const { page, fingerprint } = await trainTour(lab, HASH);
        await page.getByRole('button', { name: 'Export', exact: true }).click();
        await axe(page, 'the list of exports');
        await page.emulateMedia({ colorScheme: 'light' });
        const model = await takeOut(page, 'safetensors');
        const sizes = [];
        const sums = {};
        for (const [words, format] of [
          ['ONNX', 'onnx'],
          ['Keras', 'keras'],
          ['PyTorch', 'torch'],
          ['TensorFlow.js', 'tfjs'],
        ]) {
          const { name, bytes } = await takeOut(page, words);
          sizes.push(`${name} ${(bytes.length / 1e6).toFixed(1)} MB`);
          const back = await importModel(await unpack(bytes));
          hold(back.format === format, `${words} is taken for ${back.format}`);
          sums[format] = sumOf(back.weights);
          await writeFile(join(folder, name), bytes);
        }
        for (const [format, sum] of Object.entries(sums))
          hold(sum === sums.onnx, `${format} comes back as other weights than onnx`);
        const csv = new TextDecoder()
          .decode((await takeOut(page, 'Codes as CSV')).bytes)
          .trim()
          .split('\n');
        hold(csv[0].trim() === 'index,label,mean_1,mean_2,log_var_1,log_var_2', `the columns are ${csv[0]}`);
        hold(csv.length === 101, `${csv.length} lines of codes`);
        const svg = new TextDecoder().decode((await takeOut(page, 'Map as SVG')).bytes);
        hold(/^<svg [^>]*xmlns=/.test(svg) && svg.trim().endsWith('</svg>'), 'the drawing is no SVG');
        const dots = svg.split('<circle').length - 1;
        hold(dots >= 100, `the drawing has ${dots} dots`);
        // What is shown alone is so in the drawing.
        await page.keyboard.press('Escape');
        const three = page.locator('.legend-classes').getByRole('button', { name: '3', exact: true });
        await three.click();
        const alone = new TextDecoder().decode((await takeOut(page, 'Map as SVG')).bytes);
        const ofThree = csv.filter((row) => row.split(',')[1] === '3').length;
        const meant = alone.split('<g stroke-width').at(-1).split('<circle').length - 1;
        hold(meant === ofThree && ofThree > 0, `${meant} dots are drawn as meant, of ${ofThree} threes`);
        await page.keyboard.press('Escape');
        await three.click();
        const map = await takeOut(page, 'Map for a page');
        const inside = Object.keys(await unpack(map.bytes))
          .sort()
          .join();
        hold(
          inside === 'images.safetensors,model.json,model.safetensors',
          `a map for a page holds ${inside}`,
        );
        await writeFile(join(folder, 'map.zip'), map.bytes);
        await page.keyboard.press('Escape');
        // Back again, each as a run that is looked at.
        const paths = {};
        for (const [name, bytes] of Object.entries(await unpack(model.bytes))) {
          paths[name] = join(folder, name);
          await writeFile(paths[name], bytes);
        }
        const said = page.locator('#exports [role=status]');
        hold(/is among your downloads\.$/.test(await said.textContent()), 'what was written is not said');
        const opened = await openedBy(page, Object.values(paths), 'model.json');
        hold((await said.textContent()) === '', `of another run it says: ${await said.textContent()}`);
        hold(opened === fingerprint, `the safetensors are ${opened}, and were ${fingerprint}`);
        for (const format of ['onnx', 'keras', 'torch', 'tfjs']) {
          const back = await openedBy(page, [join(folder, `${format}.zip`)], `${format}.zip`);
          hold(back === fingerprint, `${format} is opened as ${back}, and was ${fingerprint}`);
        }
        const back = await openedBy(page, [join(folder, 'map.zip')], 'map.zip');
        hold(back === fingerprint, `the map for a page is opened as ${back}, and was ${fingerprint}`);
        return sizes;
      }),
  },
  {
    name: 'exports: one file of Keras alone, and what is no model, are told with what is missing',
    graphics: 'none',
    run: ({ open }) =>
      withFolder(async (folder) => {
        const { page } = await open();
        const said = [];
        for (const [name, bytes] of [
          ['vae.onnx', new Uint8Array(100)],
          ['weights.pt', encodeZip([{ name: 'archive/data.pkl', bytes: new Uint8Array(10) }])],
          ['vae.h5', new TextEncoder().encode('not HDF5 at all')],
        ]) {
          const path = join(folder, name);
          await writeFile(path, bytes);
          await page.getByLabel('Open a ZIP or a model').setInputFiles(path);
          const alert = page.getByRole('alert').filter({ hasText: `${name} cannot be opened` });
          await alert.waitFor();
          said.push((await alert.textContent()).split('What the program')[0]);
        }
        return said;
      }),
  },
];

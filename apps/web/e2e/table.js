import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { importSets } from '@latentkit/datasets/import';
import { filesOf } from '@latentkit/datasets/node';
import { datasetOfSets, imageLooks, sampleRows } from '@latentkit/experiment';
import { findRecipe, modelSpecOf } from '@latentkit/experiment/config';
import { trainingOf } from '@latentkit/experiment/store';
import { encodeCsvText, fingerprintWeights } from '@latentkit/formats';
import { createTrainedModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';
import { axe } from './everyone.js';
import { hold, map, moveOver } from './hands.js';
import { withFolder } from './with-folder.js';

const [ROWS, EPOCHS] = [240, 20];

/** Trees: what grows on clay is lower. */
function treesCsv() {
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const [age, soil] = [1 + ((i * 37) % 60), i % 3 === 0 ? 'clay' : 'sand'];
    return [age, soil, (age * (soil === 'clay' ? 0.1 : 0.25) + ((i * 13) % 7) / 10).toFixed(1)].join();
  });
  return `${['age,soil,height', ...rows].join('\n')}\n`;
}

/** What the page is to come to: the weights, and a thousand rows that they make up. */
async function trainInNode(path) {
  const recipe = findRecipe('table');
  const config = {
    ...{ recipe: 'table', dataset: { name: 'arrays', source: 'table' }, model: recipe.model },
    training: { ...recipe.training, epochs: EPOCHS },
  };
  const dataset = datasetOfSets(await importSets(filesOf(path), imageLooks(config.dataset)), config.dataset);
  const accelerator = await createAccelerator({ workers: 1 });
  let weights;
  for await (const event of train({ ...trainingOf(config, dataset), accelerator })) {
    if (event.type === 'end') weights = event.weights;
  }
  await accelerator.close();
  await startWasmBackend();
  const spec = modelSpecOf(config, dataset.train.shape, dataset.columns);
  const run = { ...createTrainedModel(spec, weights), weights };
  const { columns, rows, decimal } = sampleRows(run, { count: 1000, seed: 1 });
  return { hash: await fingerprintWeights(weights), csv: encodeCsvText(columns, rows, { decimal }) };
}

export const TABLE_CHECKS = [
  {
    name: "table: a CSV that is chosen is learned column by column, to Node's weights bit for bit; rows stand where others have pictures, and the run opens again",
    run: ({ open }) =>
      withFolder(async (folder) => {
        const path = join(folder, 'trees.csv');
        await writeFile(path, treesCsv());
        const { page } = await open({ hash: `#/?epochs=${EPOCHS}&data=arrays&v=1` });
        await page.getByLabel('Choose files').setInputFiles(path);
        await page.getByText('1 file chosen.').waitFor();
        hold(page.url().includes('recipe=table'), `the address does not say so: ${page.url()}`);
        await page.getByRole('button', { name: 'Train', exact: true }).click();
        const code = page.locator('[data-fingerprint]');
        await code.waitFor();
        const { hash: wanted, csv } = await trainInNode(path);
        const got = await code.getAttribute('data-fingerprint');
        hold(got === wanted, `expected the weights ${wanted}\n      got                  ${got}`);
        const panel = (name) => page.locator(`[data-panel="${name}"]`);
        hold(
          (await panel('reconstructions').getByRole('row').count()) === 9,
          'not four rows and what they become',
        );
        hold((await panel('samples').getByRole('row').count()) === 9, 'not eight random rows');
        await axe(page, 'a table that was learned');
        await page.getByRole('button', { name: 'Export', exact: true }).click();
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: 'Made-up rows as CSV' }).click(),
        ]);
        hold(
          (await readFile(await download.path(), 'utf8')) === csv,
          'the made-up rows are not those of Node',
        );
        await page.keyboard.press('Escape');
        await page.getByRole('link', { name: 'Map' }).click();
        await map(page).waitFor();
        await moveOver(page, 0.5, 0.5);
        const decoded = page
          .getByRole('region', { name: /^The likeliest row of this code/ })
          .getByRole('row');
        await decoded.nth(1).waitFor();
        const cells = await decoded.nth(1).getByRole('cell').allTextContents();
        hold(
          Number(cells[0]) >= 1 && ['clay', 'sand'].includes(cells[1]) && Number(cells[2]) > 0,
          `the middle decodes to ${cells}`,
        );
        await axe(page, 'the map of a table');
        await page.getByRole('link', { name: 'Compare' }).click();
        await page.getByRole('combobox', { name: 'What is laid out' }).selectOption('pixels');
        await page.getByRole('button', { name: 'Lay out by all three' }).click();
        await page.getByText('24 rows of 3 numbers').waitFor();
        await page.getByRole('link', { name: 'Runs' }).click();
        await page.getByRole('button', { name: /^Open/ }).first().click();
        await page.getByText('Opened').first().waitFor();
        hold((await code.getAttribute('data-fingerprint')) === wanted, 'opened again it is another');
        return `the middle of the prior is ${cells.join(', ')}`;
      }),
  },
];

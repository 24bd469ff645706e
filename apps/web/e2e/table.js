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
import { ask, downloadRun, standInstalled } from './command-line.js';
import { axe } from './everyone.js';
import { hold, map, moveOver } from './hands.js';
import { difference, takeReport } from './report.js';
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
    graphics: 'none',
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
        const card = page.locator('.run-card').first();
        await card.getByText(/^\d+ rows, 3 columns$/).waitFor();
        await card.locator('.run-drawing tbody tr').nth(4).waitFor();
        await page.getByRole('button', { name: /^Open/ }).first().click();
        await page.getByText('Opened').first().waitFor();
        hold((await code.getAttribute('data-fingerprint')) === wanted, 'opened again it is another');
        return `the middle of the prior is ${cells.join(', ')}`;
      }),
  },
  {
    name: 'table: rows are ranked as the command line ranks them, with the columns that are odd; the report of a table is its report',
    graphics: 'none',
    run: ({ open }) =>
      withFolder(async (folder) => {
        const [path, others] = ['trees.csv', 'others.csv'].map((name) => join(folder, name));
        await writeFile(path, treesCsv());
        // One as high as a tower, and one whose soil nobody expects of its height.
        await writeFile(
          others,
          `${treesCsv().split('\n').slice(0, 20).join('\n')}\n30,sand,90\n60,clay,15\n`,
        );
        const { page } = await open({ hash: `#/?epochs=${EPOCHS}&data=arrays&v=1` });
        await page.getByLabel('Choose files').setInputFiles(path);
        await page.getByText('1 file chosen.').waitFor();
        await page.getByRole('button', { name: 'Train', exact: true }).click();
        await page.locator('[data-fingerprint]').waitFor();
        const run = await downloadRun(page, folder);
        await standInstalled(folder);
        const report = await takeReport(page);
        const out = join(folder, 'report-of-the-command-line.html');
        await ask('report', run, '--data', path, '--out', out);
        const apart = difference(report, await readFile(out, 'utf8'));
        hold(apart === undefined, apart);

        await page.getByRole('link', { name: 'Evaluate' }).click();
        await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
        await page.getByText('The smallest errors').waitFor();
        await page.getByLabel('Look at another table').setInputFiles(others);
        await page.getByRole('button', { name: 'Find the odd ones', exact: true }).click();
        const rows = page.locator('.odd-list tbody tr');
        await rows.first().waitFor();
        const score = await page.getByRole('combobox', { name: 'Scored by' }).inputValue();
        const { ranked } = await ask(
          'anomalies',
          run,
          others,
          ...['--clean', path, '--score', score],
          ...['--out', join(folder, 'odd')],
        );
        const shown = await rows.locator('data').evaluateAll((all) => all.map((one) => Number(one.value)));
        const expected = ranked.slice(0, shown.length).map((one) => one.score);
        hold(
          shown.join() === expected.join(),
          `scores are ${shown}\n      and of the command line ${expected}`,
        );
        const first = await rows.first().textContent();
        hold(/row 19/.test(first), `the oddest is ${first}`);
        const strengths = await rows
          .first()
          .locator('td')
          .evaluateAll((cells) =>
            cells.map((cell) => Number.parseInt(cell.style.getPropertyValue('--strength'), 10)),
          );
        hold(
          strengths[2] === Math.max(...strengths) && strengths[2] > strengths[0],
          `its cells differ by ${strengths}`,
        );
        await axe(page, 'rows that are ranked');
        // Opened without its rows it is judged by the same ones, once their file is chosen; by others, it says so.
        await page.getByRole('link', { name: 'Train' }).click();
        await page.getByLabel("Open a run's folder").setInputFiles(run);
        await page.getByText(/^The rows that it learned from are not here/).waitFor();
        await page.getByRole('link', { name: 'Evaluate' }).click();
        await page.getByLabel('Choose a table').setInputFiles(path);
        await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
        await page.getByText('The smallest errors').waitFor();
        await page.getByText(/on \d+ validation rows of trees\.csv\.$/).waitFor();
        const { metrics } = await ask('evaluate', run, '--data', path, '--metrics', 'elbo,mse', '--out', '-');
        for (const { name, value } of metrics) {
          const shown = await page.locator(`data[data-measure="${name}"]`).getAttribute('value');
          hold(Number(shown) === value, `${name} is ${shown}, and ${value} in a terminal`);
        }
        await page.getByLabel('Choose a table').setInputFiles(others);
        await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
        await page.getByText(/^others\.csv holds other rows than the run was made with/).waitFor();
        await axe(page, 'a run judged by a table that was chosen');
        return `the oddest: ${first}, its cells ${strengths.join('%, ')}%`;
      }),
  },
];

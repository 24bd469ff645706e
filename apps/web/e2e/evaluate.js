import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateDigits } from '@latentkit/datasets';
import { encodeNpy, encodeZip } from '@latentkit/formats';
import { ask, downloadRun } from './command-line.js';
import { axe } from './everyone.js';
import { hold, press, watchLongTasks } from './hands.js';
import { withFolder } from './with-folder.js';

const HASH = '#/evaluate?epochs=1&images=500&v=1';
const METRICS = 'elbo,loss,mse,activeUnits,klPerDimension';
/** Of the page's own thread, in ms; asserted with room for other work beside it. */
const LONGEST_TASK = { wanted: 50, asserted: 1000 };

const button = (page, name) => page.getByRole('button', { name, exact: true });

async function evaluate(page) {
  await button(page, 'Evaluate').click();
  await page.getByText('The smallest errors').waitFor();
}

async function findOdd(page) {
  const list = page.locator('.odd-list');
  await button(page, 'Find the odd ones').click();
  await list.waitFor();
}

/** What the page shows: numbers to their last digit. */
const shownBy = (page) =>
  page.evaluate(() => ({
    measures: Object.fromEntries(
      [...document.querySelectorAll('data[data-measure]')].map((one) => [
        one.dataset.measure,
        Number(one.value),
      ]),
    ),
    kl: [...document.querySelectorAll('[aria-label="KL by dimension"] data')].map((one) => Number(one.value)),
    threshold: Number(document.querySelector('data[data-threshold]')?.value),
    odd: Number(document.querySelector('[data-odd]')?.dataset.odd),
    scores: [...document.querySelectorAll('.odd-list data')].map((one) => Number(one.value)),
    indices: [...document.querySelectorAll('.odd-list [aria-label^="Image "]')].map((one) =>
      Number(one.getAttribute('aria-label').match(/\d+/)[0]),
    ),
  }));

function holdSame(got, expected, what) {
  hold(
    JSON.stringify(got) === JSON.stringify(expected),
    `${what}: ${JSON.stringify(got)}, and the command line says ${JSON.stringify(expected)}`,
  );
}

function holdFound(shown, found) {
  const { ranked, fitted } = found;
  holdSame(shown.threshold, fitted.threshold, 'the threshold');
  holdSame(shown.odd, ranked.filter(({ isAnomaly }) => isAnomaly).length, 'above it');
  const first = ranked.slice(0, shown.scores.length);
  holdSame(
    shown.scores,
    first.map(({ score }) => score),
    'scores',
  );
  holdSame(
    shown.indices,
    first.map(({ index }) => index),
    'the ranking',
  );
}

export const EVALUATE_CHECKS = [
  {
    name: 'evaluate: measures, ranking and threshold are those of the command line to the last digit, of its own images and of others',
    graphics: 'none',
    run: ({ open }) =>
      withFolder(async (folder) => {
        const { page } = await open({ hash: HASH });
        await button(page, 'Train').click();
        await page.getByText(/^Finished ·/).waitFor();
        const longTasks = await watchLongTasks(page);
        await evaluate(page);
        await findOdd(page);
        const longest = Math.max(0, ...(await longTasks()));
        hold(longest <= LONGEST_TASK.asserted, `a task of the page took ${longest} ms`);
        const own = await shownBy(page);
        const run = await downloadRun(page, folder);
        const [evaluation, odd] = await Promise.all([
          ask('evaluate', run, '--metrics', METRICS, '--out', '-'),
          ask('anomalies', run, 'digits', '--out', join(folder, 'odd')),
        ]);
        const measured = evaluation.metrics.filter(({ name }) => name !== 'klPerDimension');
        holdSame(
          own.measures,
          Object.fromEntries(measured.map(({ name, value }) => [name, value])),
          'measures',
        );
        const { parts } = evaluation.metrics.find(({ name }) => name === 'klPerDimension');
        holdSame(
          own.kl,
          Object.values(parts).sort((a, b) => b - a),
          'KL by dimension',
        );
        holdFound(own, odd);

        // Others: noise, which no network of digits expects, behind two ones, which it knows best.
        const { images, labels } = generateDigits({ count: 20, seed: 7 });
        const ones = [...labels].flatMap((label, i) =>
          label === 1 ? [images.subarray(784 * i, 784 * (i + 1))] : [],
        );
        const noise = Uint8Array.from({ length: 4 * 784 }, (_, i) => (i * i * 7) % 256);
        const others = join(folder, 'others.npy');
        const data = Uint8Array.from([...ones.slice(0, 2), noise].flatMap((some) => [...some]));
        await writeFile(others, encodeNpy({ shape: [6, 28, 28], data }));
        await page.getByLabel('Look at other images').setInputFiles(others);
        await page.getByLabel('Scored by').selectOption('reconstruction');
        await findOdd(page);
        const foreign = await shownBy(page);
        const told = ['--score', 'reconstruction', '--out', join(folder, 'others')];
        holdFound(foreign, await ask('anomalies', run, others, ...told));
        hold(
          foreign.odd === 4 && foreign.indices.slice(4).every((index) => index < 2),
          `${foreign.odd} of 4 noises are odd: ${foreign.indices}`,
        );
        return [
          `negative ELBO ${own.measures.negativeElbo}, ${own.odd} of its own above ${own.threshold}`,
          `longest task ${longest} ms (${LONGEST_TASK.wanted} wanted, ${LONGEST_TASK.asserted} at most)`,
        ];
      }),
  },
  {
    name: 'evaluate: by keys alone, in both schemes, from 320 to 1600 px; a higher share of false alarms calls more odd',
    graphics: 'none',
    async run({ open }) {
      const { page } = await open({ hash: HASH });
      await page.getByText(/^There is no network yet/).waitFor();
      await button(page, 'Train a network').press('Enter');
      await page.getByText(/^Finished ·/).waitFor();
      await page.keyboard.press('1');
      await page.keyboard.press('3');
      await button(page, 'Evaluate').press('Enter');
      await page.getByText('The smallest errors').waitFor();
      await button(page, 'Find the odd ones').press('Enter');
      const slider = page.getByRole('slider', { name: /^False alarms/ });
      await slider.focus();
      const before = await shownBy(page);
      await press(page, 'ArrowRight', 10);
      const after = await shownBy(page);
      hold(
        after.threshold < before.threshold && after.odd > before.odd,
        `${before.odd} odd, then ${after.odd}`,
      );
      hold(
        /^at most [\d.]+% of ordinary images; threshold/.test(await slider.getAttribute('aria-valuetext')),
        'not said',
      );
      await button(page, 'Show more').press('Enter');
      await page.locator('.odd-list li').nth(23).waitFor();
      await axe(page, 'evaluated');
      for (const width of [320, 380, 800, 1600]) {
        await page.setViewportSize({ width, height: 900 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        hold(wide <= width, `at ${width} px it is ${wide} px wide`);
      }
      // What was found stays, until another network is shown.
      await page.getByRole('link', { name: 'Runs' }).click();
      await page.getByRole('link', { name: 'Evaluate' }).click();
      await page.locator('.odd-list li').nth(23).waitFor();
      await button(page, 'Train').click();
      await page.locator('.odd-list').waitFor({ state: 'detached' });
    },
  },
  {
    name: "evaluate: a model without its images says what to do, and is judged by a person's, as in a terminal; what a kind has no score by is told",
    graphics: 'none',
    run: ({ open }) =>
      withFolder(async (folder) => {
        const said = [];
        const { page } = await open({ hash: '#/evaluate?recipe=autoencoder&epochs=1&images=500&v=1' });
        await button(page, 'Train').click();
        await page.getByText(/^Finished ·/).waitFor();
        await evaluate(page);
        said.push(await page.getByText(/^Active units was not measured/).textContent());
        await page.getByText(/scores? that it has not$/).click();
        said.push(await page.locator('.lacking li').first().textContent());
        await findOdd(page);
        const run = await downloadRun(page, folder);
        const files = ['model.json', 'model.safetensors'].map((name) => join(run, name));
        const zip = encodeZip(
          await Promise.all(
            files.map(async (path) => ({ name: path.split('/').at(-1), bytes: await readFile(path) })),
          ),
        );
        await writeFile(join(folder, 'alone.zip'), zip);
        await page.getByRole('link', { name: 'Train' }).click();
        await page.getByLabel('Open a ZIP or a model').setInputFiles(join(folder, 'alone.zip'));
        await page.getByText(/^This is a model alone/).waitFor();
        await page.getByRole('link', { name: 'Evaluate' }).click();
        await button(page, 'Evaluate').click();
        said.push(await page.getByRole('alert').textContent());
        hold(
          /judged by are not here\. Choose images of its kind, .* In a terminal/.test(said.at(-1)),
          said.at(-1),
        );
        // A person's own are what it is judged by then: the same numbers as in a terminal, of as many.
        const { images } = generateDigits({ count: 40, seed: 7 });
        const mine = join(folder, 'mine.npy');
        await writeFile(mine, encodeNpy({ shape: [40, 28, 28], data: images }));
        await page.getByLabel('Choose images', { exact: true }).setInputFiles(mine);
        await page.getByRole('alert').waitFor({ state: 'detached' });
        await evaluate(page);
        await page.getByText(/on 40 images of mine\.npy\.$/).waitFor();
        const told = await ask('evaluate', run, '--data', mine, '--metrics', 'mse', '--out', '-');
        holdSame((await shownBy(page)).measures.mse, told.metrics[0].value, 'the squared error');
        await findOdd(page);
        await axe(page, "evaluated by images of one's own");
        await button(page, 'mine.npy: leave it out').click();
        await page.getByText(/are not here\. Choose images of its kind/).waitFor();
        return said;
      }),
  },
];

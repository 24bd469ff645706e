import { createAccelerator } from '@latentkit/backend';
import { loadNamedDataset } from '@latentkit/experiment';
import { findRecipe, modelSpecOf } from '@latentkit/experiment/config';
import { fingerprintWeights } from '@latentkit/formats';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';
import { decodedAfter, map, moveOver, watchLongTasks } from './hands.js';

/** Of the page's own thread, in ms; with other work beside it, it may be longer. */
const LONGEST_TASK = { wanted: 50, asserted: 1000 };

const trained = new Map();

/** The fingerprint of weights that Node trains by the tour's recipe, with what is changed of it; each is trained once. */
export function trainInNode(changes = {}) {
  const key = JSON.stringify(changes);
  if (!trained.has(key)) trained.set(key, fingerprintAfter(changes));
  return trained.get(key);
}

async function fingerprintAfter({ images, ...changes }) {
  const { training, model: fields, dataset: use } = findRecipe('digits-tour');
  const dataset = await loadNamedDataset({ name: 'digits', ...use, ...(images && { limit: images }) });
  const model = createModel(modelSpecOf({ model: fields }, dataset.train.shape));
  // As a browser's WebAssembly is: pairs of vectors are not joined for AVX.
  const accelerator = await createAccelerator({ workers: 1, revectorize: false });
  let weights;
  const start = performance.now();
  for await (const event of train({ model, dataset, ...training, ...changes, accelerator })) {
    if (event.type === 'end') weights = event.weights;
  }
  await accelerator.close();
  const hash = await fingerprintWeights(weights);
  return { seconds: (performance.now() - start) / 1000, hash };
}

/** @param prepare is done before it trains. */
export async function trainTour({ open }, hash = '', prepare = async () => {}) {
  const { page } = await open({ hash });
  await prepare(page);
  const longTasks = await watchLongTasks(page);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const start = performance.now();
  const code = page.locator('[data-fingerprint]');
  await code.waitFor();
  return {
    page,
    seconds: (performance.now() - start) / 1000,
    fingerprint: await code.getAttribute('data-fingerprint'),
    longTasks: await longTasks(),
  };
}

function same(got, wanted) {
  if (got !== wanted) throw new Error(`expected the weights ${wanted}\n      got                  ${got}`);
}

export const TRAIN_CHECKS = [
  {
    name: "train: an isolated page's weights are Node's, bit for bit",
    isTimed: true,
    async run(lab) {
      const { hash, seconds: inNode } = await trainInNode();
      const { fingerprint, seconds, page, longTasks } = await trainTour(lab);
      same(fingerprint, hash);
      const loss = Number(await page.locator('[data-loss]').getAttribute('data-loss'));
      if (!(loss < 150)) throw new Error(`the loss ends at ${loss}`);
      const longest = Math.max(0, ...longTasks);
      if (longest > LONGEST_TASK.asserted)
        throw new Error(`a task of ${longest} ms while it trained; ${LONGEST_TASK.wanted} wanted`);
      return [
        `over the whole training ${longTasks.length} tasks of 50 ms or more on the page's thread, the longest ${longest} ms (${LONGEST_TASK.wanted} at most)`,
        `tour trained in ${seconds.toFixed(1)} s (Node, one thread without AVX: ${inNode.toFixed(1)} s)`,
        `loss ${loss.toFixed(2)}, weights ${fingerprint.slice(0, 16)}`,
      ];
    },
  },
  {
    name: 'train: a link opened fresh on a plain page reaches the tick; the map is drawn and decodes under the pointer',
    isolated: false,
    graphics: 'none',
    async run(lab) {
      const { hash } = await trainInNode();
      const { page, fingerprint } = await trainTour(lab, `#/?w=${hash.slice(0, 16)}&v=1`);
      same(fingerprint, hash);
      await page.getByText('as the link promised, bit for bit').waitFor();
      await map(page).scrollIntoViewIfNeeded();
      await moveOver(page, 0.5, 0.5);
      const first = await decodedAfter(page, undefined);
      await moveOver(page, 0.25, 0.25);
      await decodedAfter(page, first);
    },
  },
  {
    name: 'train: holds, makes one step, goes on and stops',
    graphics: 'none',
    async run({ open }) {
      const { page } = await open();
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByText(/images\/s/).waitFor();
      await page.getByRole('button', { name: 'Hold' }).click();
      await page.getByText(/^Held ·/).waitFor();
      await page.getByRole('button', { name: 'One step' }).click();
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByText(/^Training/).waitFor();
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText(/^Stopped ·/).waitFor();
    },
  },
  {
    name: "train: an impatient hand changes nothing of what is trained: clicks twice, holds and steps and undoes and resizes, and gets Node's weights",
    graphics: 'none',
    async run({ open }) {
      const { page } = await open(); // the whole tour: longer than the hand needs, on a fast machine too
      const run = page.getByRole('region', { name: 'Training' });
      const goOn = run.getByRole('button', { name: 'Go on', exact: true });
      await run.getByRole('button', { name: 'Train', exact: true }).dblclick();
      await page.getByText(/images\/s/).waitFor();
      if ((await goOn.count()) > 0) throw new Error('who clicks twice finds it held');
      await page.locator('h1').click(); // no button has the focus
      await page.keyboard.down(' ');
      for (let i = 0; i < 4; i++) await page.keyboard.down(' '); // held down, it repeats
      await page.keyboard.up(' ');
      await goOn.waitFor();
      for (let i = 0; i < 8; i++) await run.getByRole('button').first().click();
      await goOn.waitFor();
      for (let i = 0; i < 5; i++) await page.keyboard.press('.');
      await page.getByRole('radio', { name: /Medium/ }).check();
      for (const keys of ['Control+z', 'Control+z', 'Shift+Control+z', '2', '1', '2'])
        await page.keyboard.press(keys);
      await page.goBack();
      await page.goForward();
      await page.setViewportSize({ width: 1, height: 1 });
      await page.keyboard.press('1');
      await page.setViewportSize({ width: 2400, height: 1400 });
      await goOn.click();
      const code = page.locator('[data-fingerprint]');
      await code.waitFor();
      same(await code.getAttribute('data-fingerprint'), (await trainInNode()).hash);
    },
  },
  {
    name: 'train: a batch that is too large is said before anything is trained, with one that fits',
    graphics: 'none',
    async run({ open }) {
      const { page } = await open({ hash: '#/?training.batchSize=100000&v=1' });
      const alert = page.getByText('A batch of 100,000 images is more than the 5,000 that are learned from.');
      await alert.waitFor();
      await page.getByRole('button', { name: 'Use batches of 256' }).click();
      await page.waitForFunction(() => location.hash.includes('training.batchSize=256'));
      await alert.waitFor({ state: 'detached' });
      await page.getByText('Ready', { exact: true }).waitFor();
    },
  },
];

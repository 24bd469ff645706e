import { createAccelerator } from '@latentkit/backend';
import { loadNamedDataset } from '@latentkit/experiment';
import { findRecipe, modelSpecOf } from '@latentkit/experiment/config';
import { hashArrays } from '@latentkit/formats';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';

let expected;

/** The fingerprint of the tour's weights, trained in Node. */
function fingerprintInNode() {
  expected ??= (async () => {
    const { training, model: fields, dataset: use } = findRecipe('digits-tour');
    const dataset = await loadNamedDataset({ name: 'digits', ...use });
    const model = createModel(modelSpecOf({ model: fields }, dataset.train.shape));
    const accelerator = await createAccelerator({ workers: 1 });
    let weights;
    const start = performance.now();
    for await (const event of train({ model, dataset, ...training, accelerator })) {
      if (event.type === 'end') weights = event.weights;
    }
    await accelerator.close();
    return { seconds: (performance.now() - start) / 1000, ...(await hashArrays(weights)) };
  })();
  return expected;
}

async function trainTour({ open }, hash = '') {
  const { page } = await open({ hash });
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const start = performance.now();
  const code = page.locator('[data-fingerprint]');
  await code.waitFor({ timeout: 120_000 });
  return {
    page,
    seconds: (performance.now() - start) / 1000,
    fingerprint: await code.getAttribute('data-fingerprint'),
  };
}

function same(got, wanted) {
  if (got !== wanted) throw new Error(`expected the weights ${wanted}\n      got                  ${got}`);
}

/** The colours of a canvas that are not its most usual one. */
async function drawnPixels(locator) {
  return locator.evaluate((canvas) => {
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const context = copy.getContext('2d');
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    const counts = new Map();
    for (let i = 0; i < data.length; i += 4) {
      const color = `${data[i]},${data[i + 1]},${data[i + 2]},${data[i + 3]}`;
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    return data.length / 4 - Math.max(...counts.values());
  });
}

export const TRAIN_CHECKS = [
  {
    name: "train: an isolated page's weights are Node's, bit for bit",
    async run(lab) {
      const { hash, seconds: inNode } = await fingerprintInNode();
      const { fingerprint, seconds, page } = await trainTour(lab);
      same(fingerprint, hash);
      const loss = Number(await page.locator('[data-loss]').getAttribute('data-loss'));
      if (!(loss < 150)) throw new Error(`the loss ends at ${loss}`);
      return `tour trained in ${seconds.toFixed(1)} s (Node, one thread: ${inNode.toFixed(1)} s), loss ${loss.toFixed(2)}, weights ${fingerprint.slice(0, 16)}`;
    },
  },
  {
    name: 'train: a link opened fresh on a plain page reaches the tick; the map is drawn and decodes under the pointer',
    isolated: false,
    graphics: 'none',
    async run(lab) {
      const { hash } = await fingerprintInNode();
      const { page, fingerprint } = await trainTour(lab, `#/?w=${hash.slice(0, 16)}&v=1`);
      same(fingerprint, hash);
      await page.getByText('as the link promised, bit for bit').waitFor();
      const map = page.locator('.map canvas').first();
      if ((await drawnPixels(map)) < 1000) throw new Error('the map is empty');
      await map.scrollIntoViewIfNeeded();
      const box = await map.boundingBox();
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      const picture = page.locator('.map-picture');
      await page.waitForFunction(() => document.querySelector('.map-picture').width === 28);
      const first = await picture.evaluate((canvas) => canvas.toDataURL());
      await page.mouse.move(box.x + box.width / 4, box.y + box.height / 4);
      await page.waitForFunction((old) => document.querySelector('.map-picture').toDataURL() !== old, first);
    },
  },
  {
    name: 'train: holds, makes one step, goes on and stops',
    async run({ open }) {
      const { page } = await open();
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByText(/images\/s/).waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Hold' }).click();
      await page.getByText(/^Held/).waitFor();
      await page.getByRole('button', { name: 'One step' }).click();
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByText(/^Training/).waitFor();
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText(/^Stopped/).waitFor();
    },
  },
];

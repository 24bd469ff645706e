import { setImmediate } from 'node:timers/promises';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { digitsDataset } from '@latentkit/datasets';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';
import { digitsDense } from '../../recipes/digits-dense.ts';
import type { Check, Found } from './finding.ts';

const IMAGES = 1280;
const WARM_STEPS = 10;
const SECONDS = 1;
const A_RECIPE = 10_000 * digitsDense.training.epochs; // images of the default one

/** Some steps of the default recipe's model. */
export const speedCheck: Check = {
  name: 'speed',
  title: 'Speed',
  async look({ signal }): Promise<Found> {
    try {
      const imagesPerSecond = Math.round(await measure(signal));
      const seconds = Math.ceil(A_RECIPE / imagesPerSecond);
      const text = `${imagesPerSecond.toLocaleString('en-US')} images/s in training: the default recipe takes about ${seconds} s`;
      return { status: 'ok', text, values: { imagesPerSecond } };
    } catch (error) {
      if (signal?.aborted) throw error;
      const text = `training does not start: ${error instanceof Error ? error.message : error}`;
      return { status: 'missing', text, values: {}, fix: 'See what is missing above' };
    }
  },
};

async function measure(signal?: AbortSignal): Promise<number> {
  await startWasmBackend();
  const dataset = digitsDataset({ train: IMAGES, validation: 1 });
  await setImmediate(); // a Ctrl-C may have come while the digits were drawn
  const accelerator = await createAccelerator();
  try {
    const { model: spec, training } = digitsDense;
    const model = createModel({ ...spec, image: dataset.train.shape });
    let images = 0;
    let started = 0;
    for await (const event of train({ model, dataset, ...training, epochs: 1000, accelerator, signal })) {
      signal?.throwIfAborted();
      if (event.type !== 'step' || event.step < WARM_STEPS) continue;
      const now = performance.now() / 1000;
      if (event.step === WARM_STEPS) started = now;
      else images += event.images;
      if (now - started >= SECONDS) return images / (now - started);
    }
    throw new Error('it ended too early');
  } finally {
    await accelerator.close();
  }
}

// Trains a recipe on drawn digits for many steps and prints the process's memory as it goes, workers included.
// Usage: node packages/experiment/scripts/measure-memory.js [recipe] [steps] [workers]
import { createAccelerator } from '@latentkit/backend';
import { digitsDataset } from '@latentkit/datasets';
import { findRecipe, modelSpecOf } from '@latentkit/experiment';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';

const [name = 'keras-conv', steps = '1000', workers = '2'] = process.argv.slice(2);
const { training, ...recipe } = findRecipe(name);
const { epochs, earlyStopping, reduceOnPlateau, ...rest } = training;
const dataset = digitsDataset({ train: 6000, validation: 500 });
const model = createModel(modelSpecOf(recipe, dataset.train.shape));
const accelerator = await createAccelerator({ workers: Number(workers) });
const stop = new AbortController();
const options = {
  model,
  dataset,
  ...rest,
  epochs: Number.MAX_SAFE_INTEGER,
  accelerator,
  signal: stop.signal,
};
const megabytes = (bytes) => Math.round(bytes / 1e6);
const tenth = Math.max(1, Math.floor(Number(steps) / 10));

console.log('  step   RSS MB   peak MB');
for await (const event of train(options)) {
  if (event.type !== 'step') continue;
  if (event.step % tenth === 0) {
    const { rss } = process.memoryUsage();
    const peak = process.resourceUsage().maxRSS * 1024;
    console.log(
      `${event.step}`.padStart(6),
      `${megabytes(rss)}`.padStart(8),
      `${megabytes(peak)}`.padStart(9),
    );
  }
  if (event.step >= Number(steps)) stop.abort();
}
await accelerator.close();

// Goes on with a run that was stopped (by Ctrl-C, say), from its folder, to the weights of one that never was.
import { createAccelerator } from '@latentkit/backend';
import { findRecipe, parseConfig } from '@latentkit/experiment';
import * as runs from '@latentkit/experiment/node';
import { createModel } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { train } from '@latentkit/trainers';

const { name, model: parts, training: settings } = findRecipe('digits-dense');
const digits = { name: 'digits', limit: 2000 };
const whole = parseConfig({
  recipe: name,
  dataset: digits,
  model: parts,
  training: { ...settings, epochs: 4 },
});
const stop = new AbortController();
const options = { config: whole, out: 'run', signal: stop.signal };
for await (const event of runs.runExperiment({ ...options, dataset: await runs.loadDataset(digits) })) {
  if (event.type !== 'epoch') continue;
  console.log(`epoch ${event.epoch}: ${event.valLoss.toFixed(2)} nats`);
  if (event.epoch === 2) stop.abort();
}

// All that follows reads the folder alone, as a program of another day would.
const { config, spec } = await runs.loadRun('run');
const dataset = await runs.loadDataset(config.dataset);
await runs.checkRunData('run', dataset); // other images would make another run
const model = createModel(spec);
const objective = createObjective(model, config.objective, { examples: dataset.train.count });
const checkpoint = await runs.loadCheckpoint('run');
const accelerator = await createAccelerator();
const rest = { model, dataset, objective, ...config.training, accelerator, checkpoint };
for await (const event of train(rest)) {
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: ${event.valLoss.toFixed(2)} nats`);
  if (event.type === 'end')
    console.log(event.reason, Object.keys(event.weights).length, 'arrays: saveModel them');
}
await accelerator.close();

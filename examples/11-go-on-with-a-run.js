// Goes on with a run that was stopped (by Ctrl-C or a kill, say), in its folder, to the bytes of one that never was.
import { findRecipe, parseConfig } from '@latentkit/experiment';
import { loadDataset, loadRunDataset, resumeExperiment, runExperiment } from '@latentkit/experiment/node';

const { name, model, training } = findRecipe('digits-dense');
const digits = { name: 'digits', limit: 2000 };
const config = parseConfig({ recipe: name, dataset: digits, model, training: { ...training, epochs: 4 } });
const stop = new AbortController();
const options = { config, out: 'run', checkpointMinutes: 0.5, signal: stop.signal };
for await (const event of runExperiment({ ...options, dataset: await loadDataset(digits) })) {
  if (event.type !== 'epoch') continue;
  console.log(`epoch ${event.epoch}: ${event.valLoss.toFixed(2)} nats`);
  if (event.epoch === 2) stop.abort();
}

// All that follows reads the folder alone, as a program of another day would.
const dataset = await loadRunDataset('run'); // other images are refused: they would make another run
for await (const event of resumeExperiment({ directory: 'run', dataset })) {
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: ${event.valLoss.toFixed(2)} nats`);
  if (event.type === 'written') console.log('done: see', `${event.directory}/report.html`);
}

// Looks on while a run trains: curves and pictures for TensorBoard, and a tracker of one's own in two lines.
import { findRecipe, parseConfig, withSinks } from '@latentkit/experiment';
import { createTensorboardSink, loadDataset, runExperiment } from '@latentkit/experiment/node';

const { name, model, training } = findRecipe('digits-dense');
const digits = { name: 'digits', limit: 2000 };
const config = parseConfig({ recipe: name, dataset: digits, model, training: { ...training, epochs: 3 } });
const dataset = await loadDataset(digits);

const losses = [];
const sinks = [
  await createTensorboardSink('logs', { config, dataset }), // tensorboard --logdir logs
  (event) => event.type === 'epoch' && losses.push(event.valLoss),
  () => {
    throw new Error('this tracker is out of order'); // told once: what looks on never stops a run
  },
];
const run = runExperiment({ config, dataset, out: 'run', force: true });
for await (const event of withSinks(run, sinks, { onFailure: ({ message }) => console.log(message) })) {
  if (event.type === 'end') console.log(`kept epoch ${event.epoch} of ${losses.length}`);
}

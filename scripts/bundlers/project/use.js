// What a stranger's page does: trains two steps on two threads, decodes with the weights, and makes a map in a worker.

import { projectInWorker } from '@latentkit/projections';
import {
  createAccelerator,
  createModel,
  createTrainedModel,
  fromArrays,
  startWasmBackend,
  train,
} from 'latentkit';

export async function use() {
  const notes = [];
  await startWasmBackend();
  const accelerator = await createAccelerator({ workers: 2, onNote: (note) => notes.push(note) });
  const { workers } = accelerator;
  const shape = { height: 8, width: 8, channels: 1 };
  const images = Float32Array.from({ length: 64 * 64 }, (_, i) => (((i >> 3) + i) % 7) / 6);
  const model = createModel({
    kind: 'vae',
    image: shape,
    latentDim: 2,
    encoder: { type: 'mlp', hidden: [16], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [16], activation: 'relu' },
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
  });
  const options = { epochs: 1, batchSize: 32, seed: 1 };
  let weights;
  for await (const event of train({ model, dataset: fromArrays(images, shape), accelerator, ...options }))
    if (event.type === 'end') weights = event.weights;
  await accelerator.close();

  const decoded = createTrainedModel(model.spec, weights).decode(Float32Array.of(0.5, -1));
  const points = { data: images, count: 64, dimensions: 64 };
  const projection = await projectInWorker('pca', points, { components: 2 });
  const map = await projection.run();
  projection.close();
  return { workers, notes, decoded: [...decoded], map: [...map] };
}

// An engine of `pnpm bench`: tfjs as it ships, with none of our kernels. Arguments: the workload's file, wasm or cpu.
import { normalRows, Stream } from '@latentkit/core';
import { createModel, parametersToTensors } from '@latentkit/models';
import { createObjective, type SessionTensors } from '@latentkit/objectives';
import { createOptimizer, emptySlots, trainStep } from '@latentkit/trainers';
import * as tf from '@tensorflow/tfjs-core';
import type { BenchModel } from '../bench-rows.ts';
import { FIRST_STEPS } from '../protocol.ts';
import { readWorkload } from './read-workload.ts';
import { type RunningRow, serveRows } from './serve-rows.ts';
import { createTfjsRows, endlessBatches } from './tfjs-rows.ts';

const CONV_ROWS = ['train-step/keras-conv', 'encode/keras-conv', 'decode/keras-conv'];

const [workloadPath, backend] = process.argv.slice(2) as [string, 'wasm' | 'cpu'];
// In Node, tfjs finds its own .wasm files, and keeps its threads off.
if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
else await import('@tensorflow/tfjs-backend-cpu');
if (!(await tf.setBackend(backend))) throw new Error(`tfjs could not start its ${backend} backend`);

const { workload, images } = readWorkload(workloadPath);
const { shape, count, models } = workload;
const dense = models['keras-dense']!;
const others = createTfjsRows({ workload, images });
const isWanted = (name: string) => backend === 'wasm' || name.endsWith('/keras-dense');
await serveRows({
  rows: {
    'train-step/keras-dense': () => startTraining(dense),
    ...Object.fromEntries(Object.entries(others).filter(([name]) => isWanted(name))),
  },
  workers: 1,
  versions: { tfjs: tf.version_core },
  missing:
    backend === 'wasm'
      ? { 'train-step/keras-conv': 'it lacks the kernel Conv2DBackpropFilter' }
      : Object.fromEntries(CONV_ROWS.map((name) => [name, 'its convolutions take half a minute a step'])),
});

function startTraining({ spec, batchSize, seed, learningRate, beta, ...model }: BenchModel): RunningRow {
  const objective = createObjective(createModel(spec), { type: 'elbo', beta });
  const optimizer = createOptimizer(model.optimizer);
  const parameters = parametersToTensors(objective.model.initialize(seed));
  let tensors: SessionTensors = { parameters, slots: emptySlots(optimizer, parameters) };
  const source = endlessBatches({ shape, count, images }, batchSize, seed);
  let step = 0;
  const losses: number[] = [];
  return {
    losses,
    time() {
      const started = performance.now();
      step++;
      const { value: batch } = source.next();
      const x = tf.tensor4d(batch!.x.data, [batchSize, shape.height, shape.width, shape.channels]);
      const numbers = normalRows(batchSize, spec.latentDim, { seed, stream: Stream.latentNoise, step });
      const noise = tf.tensor2d(numbers, [batchSize, spec.latentDim]);
      const { metrics, next } = trainStep(
        objective,
        optimizer,
        tensors,
        { x, 'noise.z': noise },
        { learningRate, step },
      );
      tensors = next;
      if (losses.length < FIRST_STEPS) losses.push(metrics.loss);
      tf.dispose([x, noise]);
      return performance.now() - started;
    },
    close: () => tf.dispose([tensors.parameters as tf.NamedTensorMap, tensors.slots as tf.NamedTensorMap]),
  };
}

import { normalRows, Stream } from '@latentkit/core';
import { createModel, parametersToTensors } from '@latentkit/models';
import { createObjective, type SessionTensors } from '@latentkit/objectives';
import { createOptimizer, emptySlots, trainStep } from '@latentkit/trainers';
import * as tf from '@tensorflow/tfjs-core';
import type { BenchModel } from '../bench-rows.ts';
import { FIRST_STEPS } from '../protocol.ts';
import type { LoadedWorkload } from '../workload.ts';
import type { EngineRows, RunningRow } from './answer-rows.ts';
import { createTfjsRows, endlessBatches } from './tfjs-rows.ts';

/** Backends of tfjs as they ship. */
export type TfjsBackend = 'wasm' | 'cpu' | 'webgl';

const CONV_ROWS = ['train-step/keras-conv', 'encode/keras-conv', 'decode/keras-conv'];

/** Rows that a backend cannot do, and why. */
const MISSING: Readonly<Record<TfjsBackend, Readonly<Record<string, string>>>> = {
  wasm: { 'train-step/keras-conv': 'it lacks the kernel Conv2DBackpropFilter' },
  cpu: Object.fromEntries(CONV_ROWS.map((name) => [name, 'its convolutions take half a minute a step'])),
  webgl: {},
};

/** What tfjs does on a backend of its own, which is current, without any of our kernels. */
export function tfjsEngineRows(backend: TfjsBackend, loaded: LoadedWorkload): EngineRows {
  const dense = loaded.workload.models['keras-dense']!;
  const others = createTfjsRows(loaded);
  const isWanted = (name: string) => backend !== 'cpu' || name.endsWith('/keras-dense');
  return {
    rows: {
      'train-step/keras-dense': () => startTraining(dense, loaded),
      ...(backend === 'webgl' && {
        'train-step/keras-conv': () => startTraining(loaded.workload.models['keras-conv']!, loaded),
      }),
      ...Object.fromEntries(Object.entries(others).filter(([name]) => isWanted(name))),
    },
    workers: 1,
    versions: { tfjs: tf.version_core },
    missing: MISSING[backend],
  };
}

function startTraining(
  { spec, batchSize, seed, learningRate, beta, ...model }: BenchModel,
  { workload: { shape, count }, images }: LoadedWorkload,
): RunningRow {
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

import type { Accelerator, Dataset } from '@latentkit/core';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';
import * as tf from '@tensorflow/tfjs-core';
import type { BenchModel } from '../bench-rows.ts';
import { FIRST_STEPS } from '../protocol.ts';
import type { LoadedWorkload } from '../workload.ts';
import { createAcceleratedRows } from './accelerated-rows.ts';
import type { EngineRows, RunningRow } from './answer-rows.ts';
import { createTfjsProducts, eachRow } from './tfjs-rows.ts';

/** What Latentkit does on an accelerator, with its kernels current in tfjs. */
export function latentkitRows(accelerator: Accelerator<tf.Tensor>, loaded: LoadedWorkload): EngineRows {
  const { workload, images } = loaded;
  const { shape, count, models } = workload;
  const dataset: Dataset = {
    name: 'bench',
    train: { shape, count, images },
    validation: { shape, count: 1, images: images.slice(0, shape.height * shape.width * shape.channels) },
  };
  const { workers } = accelerator;
  const rows = {
    ...eachRow(models, 'train-step', (model) => startTraining(model, dataset, accelerator)),
    ...createAcceleratedRows(accelerator, loaded),
    // One thread's products are the ceiling that steps are held against: without copying operands in and results out.
    ...(workers === 1 && createTfjsProducts(workload)),
  };
  return { rows, workers, versions: { tfjs: tf.version_core } };
}

/** Training as a user runs it: a time is that from one step's event to the next one's within an epoch. */
function startTraining(
  { spec, batchSize, optimizer, learningRate, beta, seed }: BenchModel,
  dataset: Dataset,
  accelerator: Accelerator<tf.Tensor>,
): RunningRow {
  const events = train({
    ...{ model: createModel(spec), dataset, batchSize, optimizer, learningRate, beta, seed },
    epochs: Number.MAX_SAFE_INTEGER,
    accelerator,
  });
  let last: string | undefined;
  const losses: number[] = [];
  return {
    losses,
    async time() {
      for (;;) {
        const before = last;
        const started = performance.now();
        const { value: event } = await events.next();
        const ms = performance.now() - started;
        last = event?.type;
        if (event?.type === 'step' && losses.length < FIRST_STEPS) losses.push(event.loss);
        if (last === 'step' && before === 'step') return ms;
        if (!event || last === 'end') throw new Error('training has come to an end');
      }
    },
    async close() {
      await events.return();
    },
  };
}

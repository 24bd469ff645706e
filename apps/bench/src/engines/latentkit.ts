// An engine of `pnpm bench`: Latentkit itself. Arguments: the workload's file, the number of workers.
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import type { Dataset } from '@latentkit/core';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';
import { version_core } from '@tensorflow/tfjs-core';
import type { BenchModel } from '../bench-rows.ts';
import { FIRST_STEPS } from '../protocol.ts';
import { createAcceleratedRows } from './accelerated-rows.ts';
import { readWorkload } from './read-workload.ts';
import { type RowStarts, type RunningRow, serveRows } from './serve-rows.ts';
import { createTfjsProducts } from './tfjs-rows.ts';

const [workloadPath, workersText] = process.argv.slice(2);
const workers = Number(workersText);
await startWasmBackend();
const accelerator = await createAccelerator({ workers });
await serve();
await accelerator.close();

async function serve(): Promise<void> {
  const { workload, images } = readWorkload(workloadPath!);
  const { shape, count, models } = workload;
  const dataset: Dataset = {
    name: 'bench',
    train: { shape, count, images },
    validation: { shape, count: 1, images: images.slice(0, shape.height * shape.width * shape.channels) },
  };
  const steps: RowStarts = Object.fromEntries(
    Object.entries(models).map(([name, model]) => [
      `train-step/${name}`,
      () => startTraining(model, dataset),
    ]),
  );
  const others = createAcceleratedRows(accelerator, { workload, images });
  // One thread's products are the ceiling that steps are held against: without copying operands in and results out.
  const products = workers === 1 ? createTfjsProducts(workload) : {};
  await serveRows({ rows: { ...steps, ...others, ...products }, workers, versions: { tfjs: version_core } });
}

/** Training as a user runs it: a time is that from one step's event to the next one's within an epoch. */
function startTraining(
  { spec, batchSize, optimizer, learningRate, beta, seed }: BenchModel,
  dataset: Dataset,
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

import type { Batch, ImageSet } from '@latentkit/core';
import { readBatches } from '@latentkit/datasets';
import { createModel, type Model, parametersToTensors } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';
import type { BenchModel } from '../bench-rows.ts';
import type { LoadedWorkload, Workload } from '../workload.ts';
import type { RowStarts, RunningRow } from './answer-rows.ts';

/** The rows without training, on whatever tfjs backend is current. */
export function createTfjsRows({ workload, images }: LoadedWorkload): RowStarts {
  const { shape, count, models } = workload;
  return {
    ...eachRow(models, 'encode', (model) => startEncode(model, { shape, count, images })),
    ...eachRow(models, 'decode', startDecode),
    ...createTfjsProducts(workload),
  };
}

/** The rows of matrix products, on whatever tfjs backend is current. */
export function createTfjsProducts({ products }: Workload): RowStarts {
  return eachRow(products, 'gemm', startProduct);
}

/** A row of a kind for each entry, as `<kind>/<name>`. */
export function eachRow<T>(
  record: Readonly<Record<string, T>>,
  kind: string,
  start: (value: T) => RunningRow | Promise<RunningRow>,
): RowStarts {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [`${kind}/${name}`, () => start(value)]),
  );
}

/** Batches of a set for ever: each a `Batch` of floats. */
export function* endlessBatches(set: ImageSet, batchSize: number, seed: number) {
  for (let epoch = 0; ; epoch++) {
    // As in training: an array of its own for each would be zeroed, and mapped anew. Of a set in memory they are there at once.
    const cut = readBatches(set, { batchSize, seed, epoch, dropRemainder: true, keep: 2 });
    yield* cut as Generator<Batch, void, undefined>;
  }
}

/** A batch of bytes to floats, to the numbers of mean and logVar. */
function startEncode({ spec, batchSize, seed }: BenchModel, set: ImageSet): RunningRow {
  const { height, width, channels } = spec.image;
  const source = endlessBatches(set, batchSize, seed);
  return startModelRow(spec, seed, (model, parameters) => {
    const { value: batch } = source.next();
    const images = tf.tensor4d(batch!.x.data, [batchSize, height, width, channels]);
    const { mean, logVar } = model.encode(parameters, images);
    mean.dataSync();
    logVar?.dataSync();
  });
}

/** Codes to the numbers of the pre-activations. */
function startDecode({ spec, batchSize, seed }: BenchModel): RunningRow {
  const codes = fixedCodes(batchSize * spec.latentDim);
  return startModelRow(spec, seed, (model, parameters) => {
    model.decode(parameters, tf.tensor2d(codes, [batchSize, spec.latentDim])).output.dataSync();
  });
}

function startModelRow(
  spec: BenchModel['spec'],
  seed: number,
  run: (model: Model, parameters: ReturnType<typeof parametersToTensors>) => void,
): RunningRow {
  const model = createModel(spec);
  const parameters = parametersToTensors(model.initialize(seed));
  return {
    time() {
      const started = performance.now();
      tf.tidy(() => run(model, parameters));
      return performance.now() - started;
    },
    close: () => tf.dispose(parameters as tf.NamedTensorMap),
  };
}

/** Codes that look drawn, from -1 to 1. */
export function fixedCodes(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => ((i * 37) % 101) / 50 - 1);
}

/** Numbers of a matrix to multiply, from -1 to 1. */
export function productOperand(length: number, step: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => ((i * step) % 1009) / 504.5 - 1);
}

/** `[m, k] [k, n]`, both in memory already, to numbers that can be read: a GPU has computed nothing before. */
function startProduct([m, k, n]: readonly [number, number, number]): RunningRow {
  const a = tf.tensor2d(productOperand(m * k, 37), [m, k]);
  const b = tf.tensor2d(productOperand(k * n, 61), [k, n]);
  return {
    time() {
      const started = performance.now();
      const product = tf.matMul(a, b);
      product.dataSync();
      product.dispose();
      return performance.now() - started;
    },
    close: () => tf.dispose([a, b]),
  };
}

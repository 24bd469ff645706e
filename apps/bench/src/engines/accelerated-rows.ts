import type { Accelerator, NamedArrays, NdArray, TracedProgram } from '@latentkit/core';
import { createModel, type Model } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';
import type { BenchModel } from '../bench-rows.ts';
import type { LoadedWorkload } from '../workload.ts';
import type { RowStarts, RunningRow } from './answer-rows.ts';
import { eachRow, endlessBatches, fixedCodes, productOperand } from './tfjs-rows.ts';

/** The rows without training, on an accelerator: recorded once, then repeated by its workers. */
export function createAcceleratedRows(
  accelerator: Accelerator<tf.Tensor>,
  { workload, images }: LoadedWorkload,
): RowStarts {
  const { shape, count, models, products } = workload;

  function startEncode({ spec, batchSize, seed }: BenchModel): Promise<RunningRow> {
    const model = createModel(spec);
    const source = endlessBatches({ shape, count, images }, batchSize, seed);
    const { height, width, channels } = spec.image;
    return startRow(model.initialize(seed), encodeProgram(model), () => ({
      images: { shape: [batchSize, height, width, channels], data: source.next().value!.x.data },
    }));
  }

  function startDecode({ spec, batchSize, seed }: BenchModel): Promise<RunningRow> {
    const model = createModel(spec);
    const latent = { shape: [batchSize, spec.latentDim], data: fixedCodes(batchSize * spec.latentDim) };
    return startRow(model.initialize(seed), decodeProgram(model), () => ({ latent }));
  }

  function startProduct([m, k, n]: readonly [number, number, number]): Promise<RunningRow> {
    const b = { shape: [k, n], data: productOperand(k * n, 61) };
    const a = { shape: [m, k], data: productOperand(m * k, 37) };
    return startRow({ b }, PRODUCT, () => ({ a }));
  }

  async function startRow(
    parameters: NamedArrays,
    program: TracedProgram<tf.Tensor>,
    nextInputs: () => Record<string, NdArray>,
  ): Promise<RunningRow> {
    const session = await accelerator.open({ parameters, slots: {} });
    return {
      async time() {
        const started = performance.now();
        await session.run(program, { inputs: nextInputs() });
        return performance.now() - started;
      },
      close: () => session.close(),
    };
  }

  return {
    ...eachRow(models, 'encode', startEncode),
    ...eachRow(models, 'decode', startDecode),
    ...eachRow(products, 'gemm', startProduct),
  };
}

const encodeProgram = (model: Model): TracedProgram<tf.Tensor> => ({
  key: 'encode',
  trace: ({ parameters, inputs: { images } }) => ({
    outputs: { ...model.encode(parameters, images as tf.Tensor4D) },
  }),
});

const decodeProgram = (model: Model): TracedProgram<tf.Tensor> => ({
  key: 'decode',
  trace: ({ parameters, inputs: { latent } }) => ({
    outputs: { images: model.decode(parameters, latent as tf.Tensor2D).output },
  }),
});

const PRODUCT: TracedProgram<tf.Tensor> = {
  key: 'product',
  trace: ({ parameters: { b }, inputs: { a } }) => ({
    outputs: { product: tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D) },
  }),
};

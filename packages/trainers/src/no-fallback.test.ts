import { startWasmBackend } from '@latentkit/backend';
import { createModel, type ModelSpec, parametersToTensors } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { emptySlots, trainStep } from './loop/train-step.ts';
import { createOptimizer, type OptimizerSpec } from './optimizers/create-optimizer.ts';

await startWasmBackend();

const shared = {
  kind: 'vae',
  image: { height: 12, width: 12, channels: 1 },
  latentDim: 2,
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
} as const;
const MODELS: Record<string, ModelSpec> = {
  mlp: {
    ...shared,
    encoder: { type: 'mlp', hidden: [16], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [16], activation: 'relu' },
  },
  conv: {
    ...shared,
    encoder: { type: 'conv', filters: [4, 8], hidden: [16], activation: 'leakyRelu' },
    decoder: { type: 'conv', filters: [8, 4], activation: 'tanh' },
  },
};
/** Kernels of ours, and those of tfjs that were seen to run in WebAssembly. A new one is to be looked at first. */
const KNOWN: string[] = [
  ...[tf.BatchMatMul, tf._FusedMatMul, tf.Conv2D, tf.FusedConv2D, tf.Identity],
  ...[tf.Conv2DBackpropInput, tf.Conv2DBackpropFilter],
  ...[tf.Add, tf.Sub, tf.Multiply, tf.RealDiv, tf.Maximum, tf.Minimum, tf.Sum],
  ...[
    tf.Abs,
    tf.Exp,
    tf.Expm1,
    tf.Neg,
    tf.Relu,
    tf.Sigmoid,
    tf.Softplus,
    tf.Sqrt,
    tf.Square,
    tf.Step,
    tf.Tanh,
  ],
  ...[tf.Fill, tf.Reshape],
];
const BATCH = 5;
const OPTIMIZERS: OptimizerSpec['name'][] = ['adam', 'adamax', 'rmsprop', 'sgd'];
const rows = Object.keys(MODELS).flatMap((model) =>
  OPTIMIZERS.map((optimizer) => [model, optimizer] as const),
);

/** One whole training step: loss, gradients, clipping, update. */
function prepareStep(spec: ModelSpec, name: OptimizerSpec['name']): () => void {
  const model = createModel(spec);
  const optimizer = createOptimizer({ name });
  const parameters = parametersToTensors(model.initialize(1));
  const state = { parameters, slots: emptySlots(optimizer, parameters) };
  const images = tf.randomUniform<tf.Rank.R4>([BATCH, 12, 12, 1], 0, 1, 'float32', 1);
  const noise = tf.randomNormal<tf.Rank.R2>([BATCH, 2], 0, 1, 'float32', 2);
  const options = { learningRate: 1e-3, step: 1, clip: { norm: 1 } };
  return () => trainStep(createObjective(model), optimizer, state, { x: images, 'noise.z': noise }, options);
}

/** tfjs's backend, with the two ways in which its kernels written in JavaScript get at a tensor's numbers. */
const backend = () =>
  tf.backend() as tf.KernelBackend & { typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array };

afterEach(() => vi.restoreAllMocks());

describe.each(rows)('a training step of the %s VAE under %s on the WASM backend', (model, optimizer) => {
  it('reads the two terms of the loss, and computes nothing in JavaScript', () => {
    const step = prepareStep(MODELS[model]!, optimizer);
    const reads = vi.spyOn(backend(), 'readSync');
    const views = vi.spyOn(backend(), 'typedArrayFromHeap');
    step();
    expect(reads.mock.results.map(({ value }) => (value as Float32Array).length)).toEqual([1, 1]);
    // tf.fill writes constants from JavaScript: no more of them than there are images.
    for (const [{ shape }] of views.mock.calls) expect(shape).toEqual([BATCH]);
  });

  it('runs none but these kernels', async () => {
    const step = prepareStep(MODELS[model]!, optimizer);
    const { kernelNames } = await tf.profile(() => {
      step();
      return tf.scalar(0);
    });
    const names = [...new Set(kernelNames)].filter((name) => tf.getKernel(name, 'wasm'));
    expect(names).toContain(model === 'mlp' ? tf._FusedMatMul : tf.Conv2DBackpropFilter);
    expect(names.filter((name) => !KNOWN.includes(name))).toEqual([]);
  });
});

import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import type { Accelerator } from '@latentkit/core';
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../create-model.ts';
import type { ModelSpec } from '../model-spec.ts';
import { loadModel } from '../saved/load-model.ts';
import { saveModel } from '../saved/save-model.ts';
import { conv, mlp, specOf } from '../testing/model-specs.ts';
import { openTrainedModel } from './accelerated-model.ts';
import { createTrainedModel } from './trained-model.ts';

const IMAGE: [number, number, number] = [9, 7, 1];
const PIXELS = 63;
const COUNT = 131; // two whole chunks and three images
const classes = 3;

const dense = specOf(IMAGE, 3, mlp([8]), mlp([8], 'leakyRelu'));
const VARIANTS: Record<string, ModelSpec> = {
  'a dense VAE': dense,
  'a convolutional VAE of tanh': specOf(IMAGE, 2, conv([3, 4], { hidden: [5] }), conv([4, 3]), {
    likelihood: { type: 'gaussian', output: 'tanh', sigma: 'learned' },
  }),
  'a conditional convolutional VAE': specOf(IMAGE, 2, conv([3]), conv([3]), { condition: { classes } }),
  'a conditional dense VAE with a VampPrior': specOf(IMAGE, 2, mlp([8]), mlp([8]), {
    ...{ prior: { type: 'vamp', components: 5 }, condition: { classes } },
  }),
  'a convolutional VAE with a VampPrior': specOf(IMAGE, 2, conv([3]), conv([3]), {
    prior: { type: 'vamp', components: 9 },
  }),
  'a VAE with a mixture': specOf(IMAGE, 2, mlp([]), mlp([8]), { prior: { type: 'mixture', components: 4 } }),
  'a plain autoencoder': specOf(IMAGE, 2, mlp([8]), mlp([8]), {
    ...{ kind: 'autoencoder', latentActivation: 'relu' },
    likelihood: { type: 'squaredError', output: 'linear' },
  }),
};

const bytes = Uint8Array.from({ length: COUNT * PIXELS }, (_, i) => (i * 7919 + (i >> 5)) & 255);
const some = bytes.subarray(0, 3 * PIXELS);
const weightsOf = (spec: ModelSpec) => createModel(spec).initialize(3);

let accelerators: Accelerator<tf.Tensor>[];
let accelerator: Accelerator<tf.Tensor>;
beforeAll(async () => {
  accelerators = await Promise.all([1, 2, 3].map((workers) => createAccelerator({ workers })));
  [accelerator] = accelerators as [Accelerator<tf.Tensor>];
  return () => Promise.all(accelerators.map((one) => one.close()));
});

it.each(Object.entries(VARIANTS))(
  '%s gives the bits of the WASM backend with 1, 2 and 3 workers',
  async (_, spec) => {
    await startWasmBackend();
    const eager = createTrainedModel(spec, weightsOf(spec));
    const told = (count: number) =>
      spec.condition ? { label: Array.from({ length: count }, (_, i) => i % classes) } : {};
    const expected = [1, 5, 64, COUNT].map((count) => {
      const images = bytes.subarray(0, count * PIXELS);
      const codes = eager.encode(images, told(count));
      return {
        ...{ count, images, codes },
        decoded: eager.decode(codes.mean, told(count)),
        samples: spec.kind === 'vae' ? eager.sample({ count, seed: 4, ...told(count) }) : undefined,
      };
    });
    eager.dispose();
    for (const accelerator of accelerators) {
      const trained = await openTrainedModel(spec, weightsOf(spec), { accelerator });
      for (const { count, images, codes, decoded, samples } of expected) {
        const floats = Float32Array.from(images, (byte) => byte / 255);
        expect(await trained.encode(images, told(count))).toEqual(codes);
        expect(await trained.encode(floats, told(count))).toEqual(codes);
        expect(await trained.decode(codes.mean, told(count))).toEqual(decoded);
        expect(await trained.reconstruct(images, told(count))).toEqual(decoded);
        if (samples) expect(await trained.sample({ count, seed: 4, ...told(count) })).toEqual(samples);
      }
      await trained.dispose();
    }
  },
);

it.each(Object.entries(VARIANTS))('%s that is updated is a model of those weights', async (_, spec) => {
  const others = createModel(spec).initialize(8);
  const told = (count: number) =>
    spec.condition ? { label: Array.from({ length: count }, (_, i) => i % classes) } : {};
  for (const accelerator of accelerators.slice(0, 2)) {
    const fresh = await openTrainedModel(spec, others, { accelerator });
    const updated = await openTrainedModel(spec, weightsOf(spec), { accelerator });
    const before = await updated.reconstruct(some, told(3));
    await updated.update(others);
    for (const count of [3, 64]) {
      const images = bytes.subarray(0, count * PIXELS);
      expect(await updated.encode(images, told(count))).toEqual(await fresh.encode(images, told(count)));
      expect(await updated.reconstruct(images, told(count))).toEqual(
        await fresh.reconstruct(images, told(count)),
      );
    }
    expect(await updated.prior()).toEqual(await fresh.prior());
    await updated.update(weightsOf(spec));
    expect(await updated.reconstruct(some, told(3))).toEqual(before);
    await Promise.all([fresh.dispose(), updated.dispose()]);
  }
});

it('a saved model opens on an accelerator', async () => {
  const [spec, weights] = [dense, weightsOf(dense)];
  const trained = await openTrainedModel(spec, weights, { accelerator });
  const loaded = await loadModel(saveModel({ spec, weights, epoch: 7 }), { accelerator });
  expect(loaded.saved.epoch).toBe(7);
  expect(loaded.weights).toEqual(weights);
  expect(await loaded.sample({ count: 2, seed: 1 })).toEqual(await trained.sample({ count: 2, seed: 1 }));
  await Promise.all([loaded.dispose(), trained.dispose()]);
});

describe('calls', () => {
  it('are of few sizes, so that any number of images is computed by what is recorded already', async () => {
    const rows: number[] = [];
    const watched: Accelerator<tf.Tensor> = {
      ...accelerator,
      open: async (state) => {
        const session = await accelerator.open(state);
        return {
          ...session,
          run(program, data) {
            rows.push(Object.values(data.inputs)[0]!.shape[0]!);
            return session.run(program, data);
          },
        };
      },
    };
    const trained = await openTrainedModel(dense, weightsOf(dense), { accelerator: watched });
    const codes = (await trained.encode(bytes)).mean;
    expect(rows).toEqual([64, 64, 2, 1]);
    for (let count = 1; count <= COUNT; count++) await trained.decode(codes.subarray(0, 3 * count));
    expect([...new Set(rows)].sort((a, b) => a - b)).toEqual([1, 2, 4, 8, 16, 32, 64]);
    await trained.dispose();
  });

  it('wait for each other, and disposal for them', async () => {
    const trained = await openTrainedModel(dense, weightsOf(dense), { accelerator });
    const one = await trained.sample({ count: 5, seed: 1 });
    const order: string[] = [];
    const note = <Result>(name: string, call: Promise<Result>) => call.finally(() => order.push(name));
    const [many, few, failed] = await Promise.allSettled([
      note('many', trained.sample({ count: COUNT, seed: 1 })),
      note('few', trained.sample({ count: 5, seed: 1 })),
      note('failed', trained.decode(new Float32Array(1))),
      note('disposed', trained.dispose()),
    ]);
    expect(order).toEqual(['many', 'few', 'failed', 'disposed']);
    expect(many).toMatchObject({ status: 'fulfilled' });
    expect(few).toEqual({ status: 'fulfilled', value: one });
    expect(failed).toMatchObject({ reason: { code: 'E_SHAPE' } });
    await expect(trained.sample({ count: 1 })).rejects.toMatchObject({ code: 'E_USAGE' });
    await trained.dispose();
  });

  it('run on the weights of the moment when they were made', async () => {
    const others = createModel(dense).initialize(8);
    const trained = await openTrainedModel(dense, weightsOf(dense), { accelerator });
    const old = await trained.reconstruct(bytes);
    const [first, , second] = await Promise.all([
      trained.reconstruct(bytes),
      trained.update(others),
      trained.reconstruct(bytes),
    ]);
    expect(first).toEqual(old);
    expect(second).not.toEqual(old);
    await trained.dispose();
    await expect(trained.update(others)).rejects.toMatchObject({ code: 'E_USAGE' });
  });

  it('go on with the old weights where others are refused', async () => {
    const trained = await openTrainedModel(dense, weightsOf(dense), { accelerator });
    const old = await trained.reconstruct(some);
    const broken = structuredClone(weightsOf(dense));
    Object.values(broken).at(-1)!.data[0] = Number.NaN;
    for (const [weights, code] of [
      [broken, 'E_NOT_FINITE'],
      [weightsOf({ ...dense, latentDim: 4 }), 'E_SHAPE'],
      [undefined, 'E_USAGE'],
    ] as const) {
      await expect(trained.update(weights as never)).rejects.toMatchObject({ code });
    }
    expect(await trained.reconstruct(some)).toEqual(old);
    await trained.dispose();
  });

  it('stop at the signal between two chunks, and the next goes on', async () => {
    const trained = await openTrainedModel(dense, weightsOf(dense), { accelerator });
    const controller = new AbortController();
    const call = trained.reconstruct(bytes, { signal: controller.signal });
    const reason = new Error('enough');
    setImmediate(() => controller.abort(reason));
    await expect(call).rejects.toBe(reason);
    const { signal } = controller;
    await expect(trained.sample({ count: 1, signal })).rejects.toBe(signal.reason);
    expect(await trained.reconstruct(some)).toHaveLength(some.length);
    await trained.dispose();
  });

  it('are refused as those of a trained model are', async () => {
    const trained = await openTrainedModel(dense, weightsOf(dense), { accelerator });
    await expect(trained.encode(new Uint8Array(PIXELS + 1))).rejects.toMatchObject({ code: 'E_SHAPE' });
    await expect(trained.sample({ count: 0 })).rejects.toMatchObject({ code: 'E_RANGE' });
    await expect(trained.sample({ count: 1, label: 1 })).rejects.toMatchObject({ code: 'E_USAGE' });
    for (const [options, code] of [
      [undefined, 'E_USAGE'],
      [{ count: 1, sead: 2 }, 'E_CONFIG'],
      [{ count: 1, signal: {} }, 'E_USAGE'],
    ] as const) {
      await expect(trained.sample(options as never)).rejects.toMatchObject({ code });
    }
    await trained.dispose();
    for (const options of [undefined, {}, { accelerator: {} }, { accelerator, worker: 1 }]) {
      const code = expect.stringMatching(/^E_(USAGE|CONFIG)$/);
      await expect(openTrainedModel(dense, weightsOf(dense), options as never)).rejects.toMatchObject({
        code,
      });
    }
    const other = weightsOf({ ...dense, latentDim: 4 });
    await expect(openTrainedModel(dense, other, { accelerator })).rejects.toMatchObject({ code: 'E_SHAPE' });
  });
});

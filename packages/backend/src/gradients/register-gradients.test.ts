import '@tensorflow/tfjs-backend-cpu';
import { expectGradientsClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { createAccelerator } from '../create-accelerator.ts';
import { startWasmBackend } from '../start-wasm-backend.ts';
import { expectSameBits } from '../testing/expect-same-bits.ts';
import { fresh } from '../testing/fresh.ts';
import { GRADIENT_CASES, type GradientCase } from '../testing/gradient-cases.ts';
import { randomArrays } from '../testing/random-arrays.ts';
import { runEagerly } from '../testing/run-eagerly.ts';
import { registerGradients } from './index.ts';

registerGradients();
await startWasmBackend();
const accelerator = await createAccelerator({ workers: 1 });
afterAll(() => accelerator.close());

/** Random numbers in a case's shapes, none too near to where a slope jumps. */
function pointOf({ shapes, positive }: GradientCase) {
  const arrays = randomArrays(Object.fromEntries(shapes.map((shape, i) => [`x${i}`, shape])), 5);
  return shapes.map((shape, i) => ({
    shape: [...shape],
    data: Float32Array.from(arrays[`x${i}`]!.data, (x) => (positive ? 0.5 + Math.abs(x) : x)),
  }));
}

/** The sum of a case's output, weighed so that no place counts like another. */
function weigh({ compute }: GradientCase, tensors: tf.Tensor[]): tf.Scalar {
  const y = compute(...tensors);
  const weights = tf.tensor(
    Float32Array.from({ length: y.size }, (_, i) => Math.sin(i + 1)),
    y.shape,
  );
  return tf.sum(tf.mul(y, weights));
}

describe.each(Object.entries(GRADIENT_CASES))('%s', (name, one) => {
  const point = pointOf(one);

  it('has the gradient of the finite differences', async () => {
    await startWasmBackend();
    const gradients = tf.tidy(() =>
      tf
        .grads((...tensors) => weigh(one, tensors))(point.map(({ data, shape }) => tf.tensor(data, shape)))
        .map((gradient) => gradient.dataSync()),
    );
    await tf.setBackend('cpu');
    expectGradientsClose(
      gradients,
      (numbers) =>
        tf.tidy(() => {
          const tensors = numbers.map((data, i) => tf.tensor(Float32Array.from(data), point[i]!.shape));
          return weigh(one, tensors).dataSync()[0]!;
        }),
      point.map(({ data }) => data),
      { step: 2 ** -8, relative: 3e-3, absolute: 3e-3 },
    );
    await startWasmBackend();
  });

  it(one.refused ? 'is refused by name where it would be recorded' : 'is the same recorded', async () => {
    const inputs = Object.fromEntries(point.map((array, i) => [`x${i}`, array]));
    const program = {
      key: name,
      trace: ({ parameters }: { parameters: Readonly<Record<string, tf.Tensor>> }) => ({
        outputs: Object.fromEntries(
          tf
            .grads((...tensors) => weigh(one, tensors))(Object.values(parameters))
            .map((gradient, i) => [`gradient ${i}`, gradient]),
        ),
      }),
    };
    const session = await accelerator.open({ parameters: inputs, slots: {} });
    const recorded = session.run(program, { inputs: randomArrays({ x: [2, 1] }) });
    if (one.refused) {
      await expect(recorded).rejects.toThrow(
        expect.objectContaining({ code: 'E_BACKEND', message: expect.stringContaining(one.refused) }),
      );
    } else {
      expectSameBits(await recorded, runEagerly(program, inputs, {}).outputs);
    }
    session.close();
  });
});

describe('registerGradients', () => {
  it('leaves a gradient alone that is registered already', () => {
    const program = `
      const { registerGradients } = await import('@latentkit/backend/gradients');
      tf.registerGradient({ kernelName: 'Square', inputsToSave: ['x'], gradFunc: (dy, [x]) => ({ x: () => tf.mul(dy, 7) }) });
      registerGradients();
      registerGradients();
      await startWasmBackend();
      print([...tf.grad((x) => tf.add(tf.square(x), x))(tf.tensor1d([1, 2])).dataSync()]);`;
    expect(fresh(program)).toEqual([8, 8]);
  });
});

import { sizeOfShape } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose } from './expect-close.ts';
import { expectGradientsClose } from './expect-gradients-close.ts';
import { modelOracleAt, modelPoint, modelTensors } from './model-point.ts';
import type { ModelRow } from './model-row.ts';

/**
 * The contract of a model: parameters as planned, reproducible and bounded; codes and reconstructions equal to the
 * oracle's; the gradient of every parameter equal to the oracle's finite differences; clean in memory; clear about
 * tensors that do not fit.
 *
 * Import a tfjs backend beside it; no gradients need to be registered.
 */
export function describeModel(name: string, row: ModelRow): void {
  const { model, image, latentDim, parameterShapes } = row;
  const imageShape = [image.height, image.width, image.channels];

  /** Encode, sample, decode. */
  function reconstruct(parameters: Record<string, tf.Tensor>, images: tf.Tensor4D, noise: tf.Tensor2D) {
    const { mean, logVar } = model.encode(parameters, images);
    return model.decode(parameters, logVar ? row.reparameterize(mean, logVar, noise) : mean).output;
  }

  /** Of every parameter, under the point's upstream gradient at the reconstruction. */
  function gradientsOf({ parameters, images, noise, upstream }: ReturnType<typeof modelTensors>) {
    const names = reached(row);
    const evaluate = (...varied: tf.Tensor[]) =>
      reconstruct(
        { ...parameters, ...Object.fromEntries(names.map((n, i) => [n, varied[i]!])) },
        images,
        noise,
      );
    return tf.grads(evaluate)(
      names.map((n) => parameters[n]!),
      upstream,
    );
  }

  describe(name, () => {
    beforeAll(() => row.useBackend?.() ?? tf.ready());

    it('has the parameters of its plan, and no others', () => {
      const shapes = Object.entries(model.initialize(1)).map(([parameter, { shape }]) => [parameter, shape]);
      expect(Object.fromEntries(shapes)).toEqual(parameterShapes);
    });

    it('is born the same from the same seed, with kernels within their bound, biases and running means zero, gains and variances one', () => {
      const parameters = model.initialize(42);
      expect(model.initialize(42)).toEqual(parameters);
      expect(model.initialize(43)).not.toEqual(parameters);
      for (const [parameter, { shape, data }] of Object.entries(parameters)) {
        expect(data.length).toBe(sizeOfShape(shape));
        if (!parameter.endsWith('.kernel')) {
          expect([...data], parameter).toEqual([...data].fill(/\.(gain|variance)$/.test(parameter) ? 1 : 0));
          continue;
        }
        const fans = sizeOfShape(shape.slice(0, -2)) * (shape.at(-2)! + shape.at(-1)!);
        const largest = Math.max(...data.map(Math.abs));
        expect(largest, parameter).toBeLessThanOrEqual(Math.fround(Math.sqrt(6 / fans)));
        expect(largest, parameter).toBeGreaterThan(0);
      }
    });

    it.each([1, 3])('gives the codes and reconstructions of a float64 forward pass, batch %i', (batch) => {
      const point = modelPoint(row, batch);
      const expected = modelOracleAt(row, point);
      const { parameters, images, noise } = modelTensors(row, point);
      const { mean, logVar } = model.encode(parameters, images);
      expect(mean.shape).toEqual([batch, latentDim]);
      expectClose(mean.dataSync(), expected.mean, { what: 'mean', absolute: 1e-5 });
      expect(logVar?.shape).toEqual(expected.logVar.length > 0 ? mean.shape : undefined);
      if (logVar) expectClose(logVar.dataSync(), expected.logVar, { what: 'logVar', absolute: 1e-5 });
      const reconstruction = reconstruct(parameters, images, noise);
      expect(reconstruction.shape).toEqual([batch, ...imageShape]);
      const closeness = { what: 'reconstruction', relative: 1e-4, absolute: 1e-5 };
      expectClose(reconstruction.dataSync(), expected.reconstruction, closeness);
    });

    it('has the gradient of the finite differences in every parameter', () => {
      const point = modelPoint(row, 2);
      const gradients = gradientsOf(modelTensors(row, point));
      const names = reached(row);
      for (const [i, parameter] of names.entries()) {
        expect(gradients[i]!.shape, parameter).toEqual(parameterShapes[parameter]);
      }
      const numbers = gradients.map((gradient) => gradient.dataSync());
      // Float32's rounding is a part of the largest terms of a sum, not of the sum.
      const scale = Math.max(1, ...numbers.flatMap((values) => Array.from(values, Math.abs)));
      expectGradientsClose(
        numbers,
        (varied) => {
          const parameters = Object.fromEntries(names.map((parameter, i) => [parameter, varied[i]!]));
          const moved = { ...point, parameters: { ...point.parameters, ...parameters } };
          const { reconstruction } = modelOracleAt(row, moved);
          return reconstruction.reduce((sum, value, i) => sum + value * point.upstream[i]!, 0);
        },
        names.map((parameter) => point.parameters[parameter]!),
        { names, step: 1e-6, relative: 1e-4, absolute: 3e-6 * scale },
      );
    });

    it('leaves no tensors behind', () => {
      const tensors = modelTensors(row, modelPoint(row, 3));
      const { parameters, images, noise } = tensors;
      const before = tf.memory();
      const { mean, logVar } = model.encode(parameters, images);
      expect(tf.memory().numTensors, 'a code').toBe(before.numTensors + (logVar ? 2 : 1));
      tf.dispose({ ...model.decode(parameters, mean) });
      tf.dispose([mean, ...(logVar ? [logVar] : [])]);
      expect(tf.memory().numTensors, 'after the forward pass').toBe(before.numTensors);
      tf.dispose(gradientsOf({ ...tensors, noise }));
      expect(tf.memory().numTensors, 'after the gradients').toBe(before.numTensors);
      expect(tf.memory().numBytes, 'bytes after the gradients').toBe(before.numBytes);
    });

    it('says which images, codes and parameters it wanted', () => {
      const { parameters } = modelTensors(row, modelPoint(row, 1));
      const images: tf.Tensor4D = tf.zeros([1, image.height, image.width, image.channels]);
      const wide: tf.Tensor4D = tf.zeros([1, image.height, image.width + 1, image.channels]);
      const shape = `\\[batch, ${imageShape.join(', ')}\\], got \\[1, ${image.height}, ${image.width + 1}, `;
      expect(() => model.encode(parameters, wide)).toThrow(new RegExp(shape));
      expect(() => model.decode(parameters, tf.zeros([1, latentDim + 1]))).toThrow(
        `[batch, ${latentDim}], got [1, ${latentDim + 1}]`,
      );
      expect(() => model.encode({}, images)).toThrow(/there is no parameter 'encoder\..*kernel'/);
    });
  });
}

/** The parameters that a gradient of the reconstruction moves: all but the likelihood's, and the state. */
function reached({ model, parameterShapes }: ModelRow): string[] {
  return Object.keys(parameterShapes).filter(
    (name) => !name.startsWith('likelihood.') && !Object.hasOwn(model.stateShapes, name),
  );
}

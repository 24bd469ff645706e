import '@tensorflow/tfjs-backend-cpu';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type ClipSpec, clipGradients } from './clip-gradients.ts';

await tf.setBackend('cpu');

const clipped = (clip: ClipSpec, ...gradients: number[][]) =>
  clipGradients(
    gradients.map((gradient) => tf.tensor1d(gradient)),
    clip,
  ).map((gradient) => [...gradient.dataSync()]);

describe('clipGradients', () => {
  it('bounds each number by value', () => {
    expect(clipped({ value: 1 }, [0.5, -3, 2], [1, -1])).toEqual([
      [0.5, -1, 1],
      [1, -1],
    ]);
  });

  it('bounds the norm of all gradients together, and keeps their direction', () => {
    const [a, b] = clipped({ norm: 1.3 }, [3, 4], [12]);
    expectClose([...a!, ...b!], [0.3, 0.4, 1.2]);
  });

  it('leaves gradients within the norm as they are', () => {
    expect(clipped({ norm: 5 }, [3], [4])).toEqual([[3], [4]]);
    expect(clipped({ norm: 100 }, [3], [4])).toEqual([[3], [4]]);
  });

  it('bounds by value before the norm', () => {
    const [a] = clipped({ value: 4, norm: 1 }, [3, 400]);
    expectClose(a!, [0.6, 0.8]);
  });

  it('keeps zero gradients zero', () => {
    expect(clipped({ value: 1, norm: 1 }, [0, 0], [0])).toEqual([[0, 0], [0]]);
  });

  it('takes scalars beside matrices', () => {
    const gradients = [tf.scalar(3), tf.tensor2d([[4], [0]])];
    const [a, b] = clipGradients(gradients, { norm: 1 });
    expect([a!.shape, b!.shape]).toEqual([[], [2, 1]]);
    expectClose([...a!.dataSync(), ...b!.dataSync()], [0.6, 0.8, 0]);
  });

  it('gives the gradients themselves back without bounds', () => {
    const gradients = [tf.scalar(3)];
    expect(clipGradients(gradients, {})).toEqual(gradients);
  });

  it('leaves no tensors behind', () => {
    const gradients = [tf.scalar(3), tf.ones([4])];
    const before = tf.memory().numTensors;
    const result = clipGradients(gradients, { value: 2, norm: 1 });
    expect(tf.memory().numTensors).toBe(before + 2);
    tf.dispose(result);
    clipGradients(gradients, {});
    expect(tf.memory().numTensors).toBe(before);
    expect(gradients[0]!.dataSync()[0]).toBe(3);
  });
});

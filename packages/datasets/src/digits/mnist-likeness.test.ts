import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { nearestImages } from '../testing/nearest-images.ts';
import { generateDigits } from './generate-digits.ts';

const PIXELS = 784;
const KNOWN = 10_000;
const DRAWN = 2_000;
const FOLDER = process.env.LATENTKIT_MNIST_DIR;

/** The body of a gzipped IDX file, its header of `headerBytes` left off. */
function readIdx(name: string, headerBytes: number): Uint8Array {
  return gunzipSync(readFileSync(join(FOLDER!, name))).subarray(headerBytes);
}

const meanInk = (images: Uint8Array) => images.reduce((sum, value) => sum + value, 0) / images.length / 255;

describe.skipIf(FOLDER === undefined)(
  'digits beside MNIST (skipped unless LATENTKIT_MNIST_DIR names its folder)',
  () => {
    let mnist: Record<'images' | 'labels', Uint8Array>;
    let digits: ReturnType<typeof generateDigits>;
    beforeAll(() => {
      mnist = {
        images: readIdx('train-images-idx3-ubyte.gz', 16).subarray(0, KNOWN * PIXELS),
        labels: readIdx('train-labels-idx1-ubyte.gz', 8).subarray(0, KNOWN),
      };
      digits = generateDigits({ count: DRAWN });
    });

    it('are recognised by their nearest MNIST image: 95 % of them, and 85 % of every class', () => {
      const { images, labels } = digits;
      const correct = new Array<number>(10).fill(0);
      for (const [i, k] of nearestImages(mnist.images, images, PIXELS).entries()) {
        if (mnist.labels[k] === labels[i]) correct[labels[i]!]! += 1;
      }
      const total = correct.reduce((sum, count) => sum + count, 0);
      expect(total / DRAWN).toBeGreaterThanOrEqual(0.95);
      for (const count of correct) expect(count / (DRAWN / 10)).toBeGreaterThanOrEqual(0.85);
    });

    it("have MNIST's mean ink, within a twentieth", () => {
      const ratio = meanInk(digits.images) / meanInk(mnist.images);
      expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
    });
  },
);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { generateDigits } from './generate-digits.ts';

const PIXELS = 784;
const KNOWN = 10_000;
const DRAWN = 2_000;
const FOLDER = process.env.LATENTKIT_MNIST_DIR;

/** The body of a gzipped IDX file, its header of `headerBytes` left off. */
function readIdx(name: string, headerBytes: number): Uint8Array {
  return gunzipSync(readFileSync(join(FOLDER!, name))).subarray(headerBytes);
}

/**
 * Index of the known image nearest to each query, Euclidean: least `|k|^2 - 2 k.q`, in exact whole numbers.
 * The known images are transposed, so that a query costs one pass over `[KNOWN]` for each of its pixels with ink.
 */
function nearest(known: Uint8Array, queries: Uint8Array): Int32Array {
  const transposed = new Uint8Array(PIXELS * KNOWN);
  const squares = new Int32Array(KNOWN);
  for (let k = 0; k < KNOWN; k++) {
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const value = known[k * PIXELS + pixel]!;
      transposed[pixel * KNOWN + k] = value;
      squares[k]! += value * value;
    }
  }
  const dots = new Int32Array(KNOWN);
  return Int32Array.from({ length: queries.length / PIXELS }, (_, q) => {
    dots.fill(0);
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const value = queries[q * PIXELS + pixel]!;
      if (value === 0) continue;
      const row = transposed.subarray(pixel * KNOWN, (pixel + 1) * KNOWN);
      for (let k = 0; k < KNOWN; k++) dots[k] = dots[k]! + value * row[k]!;
    }
    let best = 0;
    for (let k = 1; k < KNOWN; k++) {
      if (squares[k]! - 2 * dots[k]! < squares[best]! - 2 * dots[best]!) best = k;
    }
    return best;
  });
}

const meanInk = (images: Uint8Array) => images.reduce((sum, value) => sum + value, 0) / images.length / 255;

describe.skipIf(FOLDER === undefined)(
  'digits beside MNIST (skipped unless LATENTKIT_MNIST_DIR names its folder)',
  () => {
    const read = () => ({
      images: readIdx('train-images-idx3-ubyte.gz', 16).subarray(0, KNOWN * PIXELS),
      labels: readIdx('train-labels-idx1-ubyte.gz', 8).subarray(0, KNOWN),
    });

    it('are recognised by their nearest MNIST image: 95 % of them, and 85 % of every class', () => {
      const mnist = read();
      const { images, labels } = generateDigits({ count: DRAWN });
      const correct = new Array<number>(10).fill(0);
      for (const [i, k] of nearest(mnist.images, images).entries()) {
        if (mnist.labels[k] === labels[i]) correct[labels[i]!]! += 1;
      }
      const total = correct.reduce((sum, count) => sum + count, 0);
      expect(total / DRAWN).toBeGreaterThanOrEqual(0.95);
      for (const count of correct) expect(count / (DRAWN / 10)).toBeGreaterThanOrEqual(0.85);
    });

    it("have MNIST's mean ink, within a twentieth", () => {
      const ratio = meanInk(generateDigits({ count: DRAWN }).images) / meanInk(read().images);
      expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
    });
  },
);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Points } from '../points.ts';

const PIXELS = 784;

/** The first `count` test images of MNIST, pixels 0 to 1, and their labels; undefined, with a notice, without the files. */
export function readMnist(
  count: number,
  forWhat: string,
): { points: Points; labels: Uint8Array } | undefined {
  const folder = process.env.LATENTKIT_MNIST_DIR;
  if (!folder) {
    process.stderr.write(`skipped ${forWhat}: LATENTKIT_MNIST_DIR names no folder with the MNIST files\n`);
    return undefined;
  }
  const read = (name: string, header: number) =>
    gunzipSync(readFileSync(join(folder, `t10k-${name}-ubyte.gz`))).subarray(header);
  const data = Float32Array.from(read('images-idx3', 16).subarray(0, count * PIXELS), (byte) => byte / 255);
  return { points: { data, count, dimensions: PIXELS }, labels: read('labels-idx1', 8).subarray(0, count) };
}

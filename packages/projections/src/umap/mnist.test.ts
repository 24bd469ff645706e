import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { trustworthiness } from '../quality/trustworthiness.ts';
import { createUmap } from './create-umap.ts';

const COUNT = 2000;

it('maps 2,000 images of MNIST, and places new ones among their digits', async ({ skip }) => {
  const folder = process.env.LATENTKIT_MNIST_DIR;
  if (!folder) {
    const reason = 'LATENTKIT_MNIST_DIR names no folder with the MNIST files';
    process.stderr.write(`skipped UMAP of the real MNIST files: ${reason}\n`); // the reporter keeps it to itself
    return skip(reason);
  }
  const bytesOf = (name: string) => gunzipSync(readFileSync(`${folder}/t10k-${name}-ubyte.gz`));
  const pixels = Float32Array.from(bytesOf('images-idx3').subarray(16), (pixel) => pixel / 255);
  const labels = bytesOf('labels-idx1').subarray(8);
  const rows = (first: number, count: number) => ({
    ...{ data: pixels.subarray(784 * first, 784 * (first + count)), count, dimensions: 784 },
  });
  const umap = await createUmap(rows(0, COUNT));
  const map = await umap.run();
  expect(umap.warnings).toEqual([]);
  // umap-js 1.4.0 had 0.945 to 0.947 by its random numbers.
  expect(await trustworthiness(rows(0, COUNT), { data: map, count: COUNT, dimensions: 2 })).toBeGreaterThan(
    0.945,
  );

  const added = umap.transform(rows(COUNT, 500));
  let right = 0;
  for (let i = 0; i < 500; i++) {
    const nearest = Array.from({ length: COUNT }, (_, j) => j)
      .map((j) => ({ j, d: Math.hypot(map[2 * j]! - added[2 * i]!, map[2 * j + 1]! - added[2 * i + 1]!) }))
      .sort((a, b) => a.d - b.d)
      .slice(0, 10);
    const votes = nearest.filter(({ j }) => labels[j] === labels[COUNT + i]).length;
    if (votes > 5) right++;
  }
  expect(right / 500).toBeGreaterThan(0.75);
});

import { type NdArray, pixelCount, pixelsToFloats } from '@latentkit/core';
import { generateDigits } from '@latentkit/datasets';
import { createProjection, type Points } from '@latentkit/projections';
import { hashArrays } from './hash-arrays.ts';

const OPTIONS = {
  pca: { components: 5 },
  tsne: { iterations: 300, seed: 3 },
  umap: { epochs: 100, seed: 3 },
} as const;

/** The methods whose bits are held. */
export const METHODS = Object.keys(OPTIONS) as (keyof typeof OPTIONS)[];

/** Maps drawn digits by each method and places others on the maps: a hash of all coordinates by method. */
export async function mapAndHash(): Promise<Record<string, string>> {
  const [points, others] = [drawPoints(500, 0), drawPoints(40, 1)];
  const hashes: Record<string, string> = {};
  for (const method of METHODS) {
    const projection = await createProjection(method, points, OPTIONS[method]);
    const map = asArray(await projection.run(), points);
    const placed = asArray(projection.transform(others), others);
    hashes[method] = (await hashArrays({ map, placed })).hash;
  }
  return hashes;
}

function drawPoints(count: number, seed: number): Points {
  const { images, shape } = generateDigits({ count, seed });
  return { data: pixelsToFloats(images), count, dimensions: pixelCount(shape) };
}

function asArray(data: Float32Array, { count }: Points): NdArray {
  return { data, shape: [count, data.length / count] };
}

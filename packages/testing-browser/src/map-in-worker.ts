import { projectInWorker } from '@latentkit/projections';
import { hashBytes } from './hash-bytes.ts';
import { makeDataset } from './make-dataset.ts';

/** A map made in a worker, by the proxy that the page holds: SHA-256 of its coordinates and of a new point's. */
export async function mapInWorker(): Promise<string> {
  const { train, validation } = makeDataset();
  const dimensions = train.shape.height * train.shape.width;
  const points = { data: train.images as Float32Array, count: train.count, dimensions };
  const others = { data: validation.images as Float32Array, count: validation.count, dimensions };
  const projection = await projectInWorker('umap', points, { epochs: 50, seed: 2 }, { timeLimitSeconds: 60 });
  try {
    const map = await projection.run();
    const placed = await projection.transform(others);
    return await hashBytes(Float32Array.of(...map, ...placed));
  } finally {
    projection.close();
  }
}

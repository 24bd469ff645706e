import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageShape } from '@latentkit/core';
import { generateDigits } from '@latentkit/datasets';
import { BENCH_PRODUCTS, type BenchModel, benchModels } from './bench-rows.ts';

/** All that the engines must have in common, as a JSON file that each of them reads. */
export interface Workload {
  readonly shape: ImageShape;
  readonly count: number;
  /** A file of `count` images, a byte a pixel. */
  readonly images: string;
  readonly models: Readonly<Record<string, BenchModel>>;
  readonly products: Readonly<Record<string, readonly [number, number, number]>>;
}

/** A workload with its images in memory. */
export interface LoadedWorkload {
  readonly workload: Workload;
  readonly images: Uint8Array;
}

const IMAGES = 5120; // 20 batches of keras-dense, 40 of keras-conv

/** Draws digits (four of five pixels zero, as MNIST's) and writes them and the workload into a folder. */
export async function writeWorkload(folder: string): Promise<string> {
  const { shape, count, images } = generateDigits({ count: IMAGES, seed: 0 });
  const path = join(folder, 'workload.json');
  const imagesPath = join(folder, 'images.bytes');
  const workload: Workload = {
    ...{ shape, count, images: imagesPath },
    models: benchModels(),
    products: BENCH_PRODUCTS,
  };
  await writeFile(imagesPath, images);
  await writeFile(path, JSON.stringify(workload));
  return path;
}

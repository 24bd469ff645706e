import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Dataset, pixelCount, pixelsToFloats } from '@latentkit/core';
import { limitImages } from '@latentkit/datasets';
import type { ProjectionRow } from './projection-rows.ts';

/** What the engines read: rows, and images as raw float32 from 0 to 1. */
export interface ProjectionWorkload {
  readonly rows: readonly (ProjectionRow & { readonly file: string; readonly dimensions: number })[];
  /** Where embeddings go: `<engine>-<row's last part>-<seed>.f32`, raw float32. */
  readonly folder: string;
}

/** Writes the images of each row, and the workload; rows of which there are too few images are left out. */
export async function writeProjectionWorkload(
  folder: string,
  rows: readonly ProjectionRow[],
  dataset: Dataset,
): Promise<{ path: string; workload: ProjectionWorkload }> {
  const sets = { test: dataset.validation, train: dataset.train };
  const possible = rows.filter(({ images, points }) => sets[images].count >= points);
  const written = await Promise.all(
    possible.map(async (row) => {
      const file = join(folder, `${baseName(row.name)}.f32`);
      await writeFile(file, pixelsToFloats(limitImages(sets[row.images], row.points).images));
      return { ...row, file, dimensions: pixelCount(sets[row.images].shape) };
    }),
  );
  const workload = { rows: written, folder };
  const path = join(folder, 'projections.json');
  await writeFile(path, JSON.stringify(workload));
  return { path, workload };
}

/** Where an engine leaves a map. */
export function embeddingFile(folder: string, engine: string, name: string, seed: number): string {
  return join(folder, `${engine}-${baseName(name)}-${seed}.f32`);
}

function baseName(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

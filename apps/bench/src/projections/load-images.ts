import type { Dataset } from '@latentkit/core';
import { digitsDataset } from '@latentkit/datasets';
import { type LoadDatasetOptions, loadDataset } from '@latentkit/experiment/node';

/** MNIST from a folder that has it, or drawn digits as many as its images. */
export function loadBenchImages(dataDir: string | undefined, options: LoadDatasetOptions): Promise<Dataset> {
  return dataDir === undefined
    ? Promise.resolve(digitsDataset({ train: 60_000, validation: 10_000 }))
    : loadDataset({ name: 'mnist', dataDir }, options);
}

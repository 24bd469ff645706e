import { LatentkitError } from '@latentkit/core';
import { DATASETS } from '@latentkit/datasets';
import type { ExperimentConfig } from '@latentkit/experiment';

type DatasetConfig = ExperimentConfig['dataset'];

/** A run's dataset, whole, or what flags put in its place; a folder belongs to one dataset. */
export function datasetConfig(
  { name, dataDir }: DatasetConfig,
  flags: { dataset?: string; dataDir?: string },
): DatasetConfig {
  const named = flags.dataset === undefined ? name : known(flags.dataset);
  const folder = flags.dataDir ?? (named === name ? dataDir : undefined);
  return { name: named, ...(folder !== undefined && { dataDir: folder }) } as DatasetConfig;
}

function known(name: string): DatasetConfig['name'] {
  const found = DATASETS.find((entry) => entry.name === name);
  if (found) return found.name;
  throw new LatentkitError('E_UNKNOWN_NAME', `there is no dataset '${name}'`, {
    fix: `Datasets: ${DATASETS.map((entry) => entry.name).join(', ')}`,
  });
}

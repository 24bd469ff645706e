import type { Dataset } from '@latentkit/core';
import { DATASETS, memoryCache } from '@latentkit/datasets';
import { type ExperimentConfig, loadNamedDataset } from '@latentkit/experiment';
import type { LabEvent } from './messages.ts';

const megabytesOf = ({ name }: ExperimentConfig['dataset']) =>
  DATASETS.find((kind) => kind.name === name)?.downloadMegabytes ?? 0;

/** Whether its images come over the network. */
export const isDownloaded = (dataset: ExperimentConfig['dataset']): boolean => megabytesOf(dataset) > 0;

/**
 * Loads data sets by their names, over the network where they are not drawn. What has come of one is kept until all of it is there: after a
 * connection that was lost, the next time goes on from that.
 */
export function createDownloads(
  tell: (progress: Extract<LabEvent, { type: 'download' }>) => void,
): (config: ExperimentConfig['dataset'], signal: AbortSignal) => Promise<Dataset> {
  let cache = memoryCache();
  let wanted: string | undefined;
  /** Bytes of a file by the address that they come from: where one fails, another is asked, and what came of the first stays. */
  const loaded = new Map<string, Map<string, number>>();
  function forget() {
    cache = memoryCache();
    loaded.clear();
  }

  return async (config, signal) => {
    const { name } = config;
    if (wanted !== name) forget();
    wanted = name;
    const dataset = await loadNamedDataset(config, {
      ...{ signal, cache },
      onProgress({ file, url, loadedBytes }) {
        const ofFile = loaded.get(file) ?? new Map<string, number>();
        loaded.set(file, ofFile.set(url, loadedBytes));
        const sum = [...loaded.values()].reduce((total, bytes) => total + Math.max(...bytes.values()), 0);
        tell({ type: 'download', loadedBytes: sum, totalBytes: 1e6 * megabytesOf(config) });
      },
    });
    forget(); // the images take several times the room
    return dataset;
  };
}

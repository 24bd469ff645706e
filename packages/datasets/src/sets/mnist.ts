import type { Dataset } from '@latentkit/core';
import { type LoadOptions, loadIdxDataset } from '../idx/load-idx-dataset.ts';
import { idxDatasetKind } from './dataset-kind.ts';
import { MNIST } from './mnist-spec.ts';

/** MNIST by its name. */
export const mnist = idxDatasetKind(MNIST, {
  title: 'handwritten digits; LeCun, Cortes, Burges 1998',
  downloadMegabytes: 12,
  licence: 'CC BY-SA 3.0',
});

/**
 * Loads MNIST: 60,000 handwritten digits of 28 x 28 bytes to learn from, and the 10,000 of the test set to judge by.
 *
 * 11 MB are downloaded once and checked by SHA-256. Files in `dataDir` may be packed or not. The test images are `validation`
 * too: {@link holdOut} takes some of the training images for that.
 *
 * @throws as {@link loadIdxDataset}.
 * @example
 * import { dataDirectory, diskCache } from '@latentkit/datasets/node';
 * const mnist = await loadMnist({ cache: diskCache() });
 * const offline = await loadMnist({ dataDir: dataDirectory('./mnist') });
 * @see LeCun, Bottou, Bengio, Haffner: "Gradient-based learning applied to document recognition" (1998)
 */
export function loadMnist(options: LoadOptions = {}): Promise<Dataset> {
  return loadIdxDataset(MNIST, options);
}

import type { Dataset } from '@latentkit/core';
import { type LoadOptions, loadIdxDataset } from '../idx/load-idx-dataset.ts';
import { idxDatasetKind } from './dataset-kind.ts';
import { FASHION_MNIST } from './fashion-mnist-spec.ts';

/** Fashion-MNIST by its name. */
export const fashionMnist = idxDatasetKind(FASHION_MNIST, {
  title: 'photographs of clothes in ten classes; Xiao, Rasul, Vollgraf 2017',
  downloadMegabytes: 31,
  licence: 'MIT',
});

/**
 * Loads Fashion-MNIST: 60,000 pictures of clothes of 28 x 28 bytes to learn from, and the 10,000 of the test set to
 * judge by.
 *
 * 31 MB are downloaded once and checked by the published MD5 of the gzip streams. There is no published checksum of the
 * unpacked files, so that those in `dataDir` are checked by type and shape only, and for not being MNIST's.
 *
 * @throws as {@link loadIdxDataset}.
 * @example
 * import { diskCache } from '@latentkit/datasets/node';
 * const fashion = await loadFashionMnist({ cache: diskCache() });
 * @see Xiao, Rasul, Vollgraf: "Fashion-MNIST" (2017), arXiv:1708.07747
 */
export function loadFashionMnist(options: LoadOptions = {}): Promise<Dataset> {
  return loadIdxDataset(FASHION_MNIST, options);
}

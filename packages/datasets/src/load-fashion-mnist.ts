import type { Dataset } from '@latentkit/core';
import { FASHION_MNIST } from './fashion-mnist-spec.ts';
import { type LoadOptions, loadIdxDataset } from './load-idx-dataset.ts';

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

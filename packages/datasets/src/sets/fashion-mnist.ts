import type { Dataset } from '@latentkit/core';
import type { IdxDatasetSpec } from '../idx/idx-dataset-spec.ts';
import { type LoadOptions, loadIdxDataset } from '../idx/load-idx-dataset.ts';
import { idxDatasetKind } from './dataset-kind.ts';
import { md5OfGzip } from './md5-of-gzip.ts';
import { MNIST } from './mnist.ts';

/** Fashion-MNIST; its authors publish MD5 sums of the gzip streams, and none of the unpacked files. */
export const FASHION_MNIST = {
  name: 'fashion-mnist',
  classNames: [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
  mirrors: [
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
  ],
  // jsDelivr has no files of more than 20 MB, of which this has one.
  pageMirrors: ['https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/'],
  files: {
    trainImages: md5OfGzip('train-images-idx3-ubyte', [60_000, 28, 28], '8d4fb7e6c68d591d4c3dfef9ec88bf0d'),
    trainLabels: md5OfGzip('train-labels-idx1-ubyte', [60_000], '25c81989df183df01b3e8a0aad5dffbe'),
    testImages: md5OfGzip('t10k-images-idx3-ubyte', [10_000, 28, 28], 'bef4ecab320f06d8554ea6380940ec79'),
    testLabels: md5OfGzip('t10k-labels-idx1-ubyte', [10_000], 'bb300cfdad3c16e7a12a480ee83cd310'),
  },
  namesake: MNIST,
} as const satisfies IdxDatasetSpec;

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

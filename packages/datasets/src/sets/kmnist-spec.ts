import type { IdxDatasetSpec } from '../idx/idx-dataset-spec.ts';
import { md5OfGzip } from './md5-of-gzip.ts';
import { MNIST } from './mnist-spec.ts';

/** Kuzushiji-MNIST; the MD5 sums are those of the gzip streams that torchvision checks. */
export const KMNIST = {
  name: 'kmnist',
  classNames: ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'],
  mirrors: ['http://codh.rois.ac.jp/kmnist/dataset/kmnist/'],
  pageMirrors: [], // none is known
  files: {
    trainImages: md5OfGzip('train-images-idx3-ubyte', [60_000, 28, 28], 'bdb82020997e1d708af4cf47b453dcf7'),
    trainLabels: md5OfGzip('train-labels-idx1-ubyte', [60_000], 'e144d726b3acfaa3e44228e80efcd344'),
    testImages: md5OfGzip('t10k-images-idx3-ubyte', [10_000, 28, 28], '5c965bf0a639b31b8f53240b1b52f4d7'),
    testLabels: md5OfGzip('t10k-labels-idx1-ubyte', [10_000], '7320c461ea6c1c855c0b718fb2a4b134'),
  },
  namesake: MNIST,
} as const satisfies IdxDatasetSpec;

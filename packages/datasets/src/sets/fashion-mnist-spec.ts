import type { IdxDatasetSpec } from '../idx/idx-dataset-spec.ts';
import { md5OfGzip } from './md5-of-gzip.ts';
import { MNIST } from './mnist-spec.ts';

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

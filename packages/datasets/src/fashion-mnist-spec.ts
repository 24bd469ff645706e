import type { IdxDatasetSpec, IdxFileSpec } from './idx-dataset-spec.ts';
import { MNIST } from './mnist-spec.ts';

function file(name: string, shape: readonly number[], hex: string): IdxFileSpec {
  return { name, shape, checksum: { algorithm: 'md5', of: 'gzip', hex } };
}

/** Fashion-MNIST; its authors publish MD5 sums of the gzip streams, and none of the unpacked files. */
export const FASHION_MNIST: IdxDatasetSpec = {
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
  files: {
    trainImages: file('train-images-idx3-ubyte', [60_000, 28, 28], '8d4fb7e6c68d591d4c3dfef9ec88bf0d'),
    trainLabels: file('train-labels-idx1-ubyte', [60_000], '25c81989df183df01b3e8a0aad5dffbe'),
    testImages: file('t10k-images-idx3-ubyte', [10_000, 28, 28], 'bef4ecab320f06d8554ea6380940ec79'),
    testLabels: file('t10k-labels-idx1-ubyte', [10_000], 'bb300cfdad3c16e7a12a480ee83cd310'),
  },
  namesake: MNIST,
};

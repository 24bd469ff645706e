import type { IdxDatasetSpec, IdxFileSpec } from '../idx/idx-dataset-spec.ts';

function file(name: string, shape: readonly number[], hex: string): IdxFileSpec {
  return { name, shape, checksum: { algorithm: 'sha256', of: 'content', hex } };
}

/** MNIST; the checksums are of the unpacked files, as mirrors pack them differently. */
export const MNIST = {
  name: 'mnist',
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  mirrors: [
    'https://ossci-datasets.s3.amazonaws.com/mnist/',
    'https://storage.googleapis.com/cvdf-datasets/mnist/',
  ],
  pageMirrors: [
    'https://cdn.jsdelivr.net/gh/fgnt/mnist/', // also lets pages read Content-Range, so that downloads resume
    'https://raw.githubusercontent.com/fgnt/mnist/master/',
  ],
  files: {
    trainImages: file(
      'train-images-idx3-ubyte',
      [60_000, 28, 28],
      'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    ),
    trainLabels: file(
      'train-labels-idx1-ubyte',
      [60_000],
      '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    ),
    testImages: file(
      't10k-images-idx3-ubyte',
      [10_000, 28, 28],
      '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    ),
    testLabels: file(
      't10k-labels-idx1-ubyte',
      [10_000],
      'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    ),
  },
} as const satisfies IdxDatasetSpec;

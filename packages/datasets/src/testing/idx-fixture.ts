import { gzipSync } from 'node:zlib';
import { encodeIdx } from '@latentkit/formats';
import { digestHex } from '../download/digest-hex.ts';
import type { IdxDatasetSpec, IdxFileRole, IdxFileSpec } from '../idx/idx-dataset-spec.ts';

const SHAPES: Readonly<Record<IdxFileRole, [name: string, shape: number[]]>> = {
  trainImages: ['train-images-idx3-ubyte', [6, 2, 3]],
  trainLabels: ['train-labels-idx1-ubyte', [6]],
  testImages: ['t10k-images-idx3-ubyte', [4, 2, 3]],
  testLabels: ['t10k-labels-idx1-ubyte', [4]],
};

export interface IdxFixture {
  readonly spec: IdxDatasetSpec;
  /** Unpacked, by name. */
  readonly plain: Record<string, Uint8Array>;
  /** Packed, by name with `.gz`. */
  readonly packed: Record<string, Uint8Array>;
}

/** For tests: a dataset of ten images of 2 x 3 pixels and two classes, laid out as MNIST is. */
export async function makeIdxFixture({
  of,
  salt = 0,
  mirrors = [],
}: {
  of: 'content' | 'gzip';
  salt?: number;
  mirrors?: string[];
}): Promise<IdxFixture> {
  const files = {} as Record<IdxFileRole, IdxFileSpec>;
  const plain: Record<string, Uint8Array> = {};
  const packed: Record<string, Uint8Array> = {};
  for (const [role, [name, shape]] of Object.entries(SHAPES)) {
    const size = shape.reduce((product, n) => product * n, 1);
    const isLabels = shape.length === 1;
    const data = Uint8Array.from({ length: size }, (_, i) => (isLabels ? i % 2 : (i * 7 + salt) % 256));
    const content = encodeIdx({ shape, data });
    const gzip = new Uint8Array(gzipSync(content));
    const algorithm = of === 'content' ? 'sha256' : 'md5';
    const hex = await digestHex(algorithm, of === 'content' ? content : gzip);
    files[role as IdxFileRole] = { name, shape, checksum: { algorithm, of, hex } };
    plain[name] = content;
    packed[`${name}.gz`] = gzip;
  }
  return { spec: { name: 'tiny', classNames: ['even', 'odd'], mirrors, files }, plain, packed };
}

import type { IdxDatasetSpec } from '@latentkit/datasets';
import { encodeIdx } from '@latentkit/formats';
import { hashBytes } from './hash-bytes.ts';

type IdxFiles = IdxDatasetSpec['files'];

const SHAPES: Readonly<Record<keyof IdxFiles, [name: string, shape: readonly number[]]>> = {
  trainImages: ['train-images-idx3-ubyte', [40, 5, 5]],
  trainLabels: ['train-labels-idx1-ubyte', [40]],
  testImages: ['t10k-images-idx3-ubyte', [10, 5, 5]],
  testLabels: ['t10k-labels-idx1-ubyte', [10]],
};

/** Four files laid out as MNIST's, the same wherever they are made, and what is published of them. */
export async function makeIdxFiles(): Promise<{ specs: IdxFiles; contents: Record<string, Uint8Array> }> {
  const contents: Record<string, Uint8Array> = {};
  const specs = {} as { -readonly [Role in keyof IdxFiles]: IdxFiles[Role] };
  for (const [role, [name, shape]] of Object.entries(SHAPES)) {
    const size = shape.reduce((product, length) => product * length, 1);
    const data = Uint8Array.from({ length: size }, (_, i) => (shape.length === 1 ? i % 2 : (i * 97) % 251));
    const content = encodeIdx({ shape: [...shape], data }) as Uint8Array<ArrayBuffer>;
    contents[name] = content;
    const checksum = { algorithm: 'sha256', of: 'content', hex: await hashBytes(content) } as const;
    specs[role as keyof IdxFiles] = { name, shape, checksum };
  }
  return { specs, contents };
}

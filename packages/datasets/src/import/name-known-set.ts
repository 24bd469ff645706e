import { digestHex } from '../download/digest-hex.ts';
import type { IdxDatasetSpec } from '../idx/idx-dataset-spec.ts';
import { FASHION_MNIST } from '../sets/fashion-mnist-spec.ts';
import { KMNIST } from '../sets/kmnist-spec.ts';
import { MNIST } from '../sets/mnist-spec.ts';
import type { LeafFile } from './unpack-files.ts';

const KNOWN: readonly IdxDatasetSpec[] = [MNIST, FASHION_MNIST, KMNIST];

/** The published dataset whose labels these IDX files have, by checksum: its name and its classes' names. */
export async function nameKnownSet(
  files: readonly LeafFile[],
): Promise<Pick<IdxDatasetSpec, 'name' | 'classNames'> | undefined> {
  for (const { name, classNames, files: published } of KNOWN) {
    const { checksum, shape } = published.trainLabels;
    const length = 4 + 4 * shape.length + shape[0]!;
    for (const { bytes, packed } of files) {
      const checked = checksum.of === 'content' ? bytes : packed;
      if (bytes.length !== length || !checked) continue;
      if ((await digestHex(checksum.algorithm, checked)) === checksum.hex) return { name, classNames };
    }
  }
  return undefined;
}

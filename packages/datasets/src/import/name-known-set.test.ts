import { expect, it } from 'vitest';
import { dataDirectory } from '../download/data-directory.ts';
import { loadMnist } from '../sets/mnist.ts';
import { makeIdxFixture } from '../testing/idx-fixture.ts';
import { importOf } from '../testing/import-of.ts';
import { filesOf } from './files-of.ts';
import { importFiles } from './import-files.ts';

it('does not know four files that are laid out as MNIST and are another set', async () => {
  const { plain } = await makeIdxFixture({ of: 'content' });
  const { dataset } = await importOf(plain);
  expect([dataset.name, dataset.classNames, dataset.train.count, dataset.test!.count]).toEqual([
    ...['arrays', undefined],
    ...[6, 4],
  ]);
});

it('knows the four files of MNIST by their checksum: what comes of them is what loadMnist gives', async ({
  skip,
}) => {
  const dataDir = process.env.LATENTKIT_MNIST_DIR;
  if (!dataDir) {
    const reason = 'LATENTKIT_MNIST_DIR names no folder with the MNIST files';
    process.stderr.write(`skipped importFiles on the real MNIST files: ${reason}\n`); // the reporter keeps it to itself
    return skip(reason);
  }
  const { dataset, report } = await importFiles(filesOf(dataDir));
  const expected = await loadMnist({ dataDir: dataDirectory(dataDir) });
  for (const part of ['train', 'validation', 'test'] as const) {
    const [got, wanted] = [dataset[part]!, expected[part]!];
    expect([got.count, got.shape, got.labels]).toEqual([wanted.count, wanted.shape, wanted.labels]);
    expect(Buffer.compare(got.images as Uint8Array, wanted.images as Uint8Array)).toBe(0);
  }
  expect([dataset.name, dataset.classNames, report.kept]).toEqual(['mnist', expected.classNames, 70_000]);
});

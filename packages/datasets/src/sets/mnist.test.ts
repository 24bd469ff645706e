import { describe, expect, it } from 'vitest';
import { dataDirectory } from '../download/data-directory.ts';
import { loadFashionMnist } from './fashion-mnist.ts';
import { loadMnist } from './mnist.ts';

const folder = process.env.LATENTKIT_MNIST_DIR;

describe('loadMnist on the real files', () => {
  it('has the published counts, labels and brightness, and is not taken for Fashion-MNIST', async ({
    skip,
  }) => {
    if (!folder) {
      const reason = 'LATENTKIT_MNIST_DIR names no folder with the MNIST files';
      process.stderr.write(`skipped loadMnist on the real files: ${reason}\n`); // the default reporter keeps it to itself
      return skip(reason);
    }
    const dataDir = dataDirectory(folder);
    const { train, validation } = await loadMnist({ dataDir });
    expect([train.count, validation.count]).toEqual([60_000, 10_000]);
    expect(train.shape).toEqual({ height: 28, width: 28, channels: 1 });
    expect([...(train.labels ?? []).slice(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    expect([...(validation.labels ?? []).slice(0, 5)]).toEqual([7, 2, 1, 0, 4]);
    let sum = 0;
    for (const byte of train.images) sum += byte;
    expect(sum / train.images.length / 255).toBeCloseTo(0.1307, 4);
    await expect(loadFashionMnist({ dataDir })).rejects.toMatchObject({
      code: 'E_CHECKSUM',
      message: expect.stringContaining("this is mnist's train-images-idx3-ubyte"),
    });
  });
});

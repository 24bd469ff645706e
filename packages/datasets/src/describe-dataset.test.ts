import { type Dataset, type ImageSet, pixelCount } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { batches } from './batches.ts';
import { digitsDataset } from './digits/index.ts';
import { dataDirectory } from './download/data-directory.ts';
import { fromArrays } from './from-arrays.ts';
import { limitImages } from './limit-images.ts';
import { loadMnist } from './sets/mnist.ts';
import { shapesDataset } from './shapes/generate-shapes.ts';

const folder = process.env.LATENTKIT_MNIST_DIR;

/** What holds for every dataset. */
function describeDataset(name: string, make: () => Dataset | Promise<Dataset>): void {
  describe(name, () => {
    const makeSets = async (): Promise<[Dataset, ImageSet[]]> => {
      const dataset = await make();
      return [dataset, [dataset.train, dataset.validation]];
    };
    let first: ReturnType<typeof makeSets> | undefined;
    const sets = () => {
      first ??= makeSets();
      return first;
    };

    it('has images of one shape in both sets, each with its pixels', async () => {
      const [dataset, both] = await sets();
      expect(dataset.name).not.toBe('');
      for (const { shape, count, images } of both) {
        expect(shape).toEqual(dataset.train.shape);
        expect(count).toBeGreaterThan(0);
        expect(images).toHaveLength(count * pixelCount(shape));
      }
    });

    it('has a label with a name for every image, or none at all', async () => {
      const [{ classNames }, both] = await sets();
      for (const { labels, count } of both) {
        if (labels === undefined) continue;
        expect(labels).toHaveLength(count);
        if (classNames) expect(Math.max(...labels)).toBeLessThan(classNames.length);
      }
    });

    it('gives batches of floats within [0, 1], the same ones each time it is made', async () => {
      const few = ([, both]: [Dataset, ImageSet[]]) =>
        both.flatMap((set) => [...batches(limitImages(set, 10), { batchSize: 1, seed: 1 })]);
      const made = few(await sets());
      for (const { x } of made) {
        expect(x.data.every((value) => value >= 0 && value <= 1)).toBe(true);
      }
      expect(few(await makeSets())).toEqual(made);
    });
  });
}

describeDataset('fromArrays with bytes', () =>
  fromArrays(
    Uint8Array.from({ length: 240 }, (_, i) => i),
    { height: 2, width: 2, channels: 3 },
    { labels: Array.from({ length: 20 }, (_, i) => i % 2), classNames: ['even', 'odd'] },
  ),
);
describeDataset('fromArrays with floats and no labels', () =>
  fromArrays(
    Float32Array.from({ length: 20 }, (_, i) => i / 20),
    { height: 2, width: 1, channels: 1 },
  ),
);
describeDataset('digitsDataset', () => digitsDataset({ train: 20, validation: 10 }));
describeDataset('shapesDataset', () => shapesDataset({ train: 20, validation: 10 }));
if (folder) describeDataset('loadMnist', () => loadMnist({ dataDir: dataDirectory(folder) }));

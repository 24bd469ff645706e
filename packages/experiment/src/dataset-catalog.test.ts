import { digitsDataset, FASHION_MNIST, MNIST } from '@latentkit/datasets';
import { expect, it } from 'vitest';
import { configFields } from './config-schema.ts';
import { datasetCatalog } from './dataset-catalog.ts';

it("lists exactly the datasets that a config may name, but for a program's arrays", () => {
  const names = configFields.dataset.entries.name.options.filter((name) => name !== 'arrays');
  expect(datasetCatalog.map(({ name }) => name)).toEqual(names);
});

it('has the counts and the shape of the drawn digits', () => {
  const { train, validation } = digitsDataset();
  expect(datasetCatalog[0]).toMatchObject({
    ...{
      trainImages: train.count,
      validationImages: validation.count,
      shape: train.shape,
      downloadMegabytes: 0,
    },
  });
});

it.each([MNIST, FASHION_MNIST])('has the counts and the shape of $name', ({ name, files }) => {
  const [trainImages, height, width] = files.trainImages.shape;
  const entry = datasetCatalog.find((one) => one.name === name)!;
  expect(entry).toMatchObject({ trainImages, validationImages: files.testImages.shape[0] });
  expect(entry.shape).toEqual({ height, width, channels: 1 });
});

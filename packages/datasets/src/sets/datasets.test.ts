import { checkBy } from '@latentkit/core/schema';
import { expect, it } from 'vitest';
import { digitsDataset } from '../digits/index.ts';
import type { DatasetKind } from './dataset-kind.ts';
import { DATASETS } from './datasets.ts';
import { kmnist } from './kmnist.ts';

it('have names of their own, and a schema that knows theirs', () => {
  const names = DATASETS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, fields } of DATASETS as readonly DatasetKind[]) {
    expect(checkBy(fields, { name, limit: 10, validation: 2 }, 'here')).toEqual({
      name,
      limit: 10,
      validation: 2,
    });
    expect(() => checkBy(fields, { name, limits: 10 }, 'here')).toThrow("Did you mean 'limit'?");
  }
});

it('say what the drawn digits are', () => {
  const { train, validation } = digitsDataset();
  const [digits] = DATASETS;
  expect(digits).toMatchObject({
    trainImages: train.count,
    validationImages: validation.count,
    testImages: 0,
  });
  expect(digits.shape).toEqual(train.shape);
  expect(() => checkBy(digits.fields, { name: 'digits', dataDir: '.' }, 'here')).toThrow(
    "dataDir must be left out, as the digits are drawn by code, got '.'",
  );
});

it('say what files hold, of their headers', () => {
  expect(kmnist).toMatchObject({
    ...{ shape: { height: 28, width: 28, channels: 1 }, trainImages: 60_000, testImages: 10_000 },
    files: expect.arrayContaining(['kmnist/train-images-idx3-ubyte.gz', 'kmnist/t10k-labels-idx1-ubyte.gz']),
  });
});

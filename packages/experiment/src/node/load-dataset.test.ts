import { expect, it } from 'vitest';
import { DIGIT_SHAPE } from '../testing/tiny-run.ts';
import { loadDataset } from './load-dataset.ts';

const all = await loadDataset({ name: 'digits' });

it('draws the digits', () => {
  const { name, train, validation, classNames } = all;
  expect([name, train.count, validation.count]).toEqual(['digits', 10_000, 2_000]);
  expect(train.shape).toEqual(DIGIT_SHAPE);
  expect(classNames).toHaveLength(10);
});

it('limits to the first training images, and to as large a part of the validation images', async () => {
  const some = await loadDataset({ name: 'digits', limit: 250 });
  expect([some.train.count, some.validation.count]).toEqual([250, 50]);
  expect(some.train.images).toEqual(all.train.images.subarray(0, 250 * 784));
  expect(some.train.labels).toEqual(all.train.labels!.subarray(0, 250));
  expect(some.validation.images).toEqual(all.validation.images.subarray(0, 50 * 784));
  expect(some.classNames).toEqual(all.classNames);
});

it('holds training images out to choose the epoch by; the others are for testing then', async () => {
  const held = await loadDataset({ name: 'digits', limit: 250, validation: 50 });
  expect([held.train.count, held.validation.count, held.test?.count]).toEqual([200, 50, 50]);
  expect(held.test!.images).toEqual(all.validation.images.subarray(0, 50 * 784));
  await expect(loadDataset({ name: 'digits', limit: 250, validation: 250 })).rejects.toThrow(
    'Leave some to learn from',
  );
});

it.each([
  [1, 1, 1], // never none to judge by
  [50_000, 10_000, 2_000],
])('a limit of %i gives %i and %i images', async (limit, train, validation) => {
  const dataset = await loadDataset({ name: 'digits', limit });
  expect([dataset.train.count, dataset.validation.count]).toEqual([train, validation]);
});

it('says which file a folder lacks', async () => {
  const error = await loadDataset({ name: 'mnist', dataDir: '/nowhere' }).catch((error) => error);
  expect(error).toMatchObject({ code: 'E_NOT_FOUND', message: expect.stringContaining('/nowhere') });
});

it('reads MNIST from its folder, limited', async ({ skip }) => {
  const dataDir = process.env.LATENTKIT_MNIST_DIR;
  if (!dataDir) {
    const reason = 'LATENTKIT_MNIST_DIR names no folder with the MNIST files';
    process.stderr.write(`skipped loadDataset on the real MNIST files: ${reason}\n`); // the reporter keeps it to itself
    return skip(reason);
  }
  const { train, validation, test } = await loadDataset({ name: 'mnist', dataDir, limit: 600 });
  expect([train.count, validation.count]).toEqual([600, 100]);
  expect(test).toBe(validation); // what chooses the epoch where nothing is held out
  const held = await loadDataset({ name: 'mnist', dataDir, limit: 600, validation: 50 });
  expect([held.train.count, held.validation.count]).toEqual([550, 50]);
  expect(held.test!.images).toEqual(test!.images);
  expect([...train.labels!.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
});

it("knows no place to load a program's arrays from", async () => {
  await expect(loadDataset({ name: 'arrays' })).rejects.toMatchObject({ code: 'E_USAGE' });
});

it('judgesOnly gives the images to judge by as they are, of digits without drawing those to learn from', async () => {
  const few = await loadDataset({ name: 'digits' }, { judgesOnly: true });
  expect(few.validation).toEqual(all.validation);
  expect(few.train.count).toBe(1);
  const cut = { name: 'digits', limit: 60, validation: 20 } as const;
  expect(await loadDataset(cut, { judgesOnly: true })).toEqual(await loadDataset(cut));
});

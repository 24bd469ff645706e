import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Dataset } from '@latentkit/core';
import { limitImages } from '@latentkit/datasets';
import { createModel } from '@latentkit/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { tempDirectory } from '../testing/temp-directory.ts';
import { DIGIT_SHAPE, tinyDataset, tinySpec } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { checkRunData, loadRun } from './load-run.ts';

const root = tempDirectory();

describe('what data a run was made with', () => {
  const out = join(root, 'data');
  const { train, validation } = tinyDataset();
  beforeAll(async () => {
    await trainRun({ out });
  });

  it('is in the run: name, number, shape and SHA-256', async () => {
    const run = await loadRun(out);
    run.dispose();
    expect(run.data).toMatchObject({
      name: 'digits',
      train: {
        ...{ count: 200, shape: DIGIT_SHAPE, type: 'uint8' },
        images: createHash('sha256').update(train.images).digest('hex'),
      },
      validation: { count: 40 },
    });
    expect(Object.keys(run.weights).sort()).toEqual(
      Object.keys(createModel(tinySpec()).parameterShapes).sort(),
    );
  });

  const changed = Uint8Array.from(train.images);
  changed[77]! ^= 1;
  const others: [string, Partial<Dataset>, RegExp][] = [
    [
      'a pixel',
      { train: { ...train, images: changed } },
      /train images with SHA-256 \w{12}\.\.\., got \w{12}/,
    ],
    [
      'the number of images',
      { validation: limitImages(validation, 9) },
      /validation images in number 40, got 9/,
    ],
    [
      'the labels',
      { train: { ...train, labels: new Uint8Array(200) } },
      /train images with labels of SHA-256/,
    ],
    [
      'the type',
      { train: { ...train, images: new Float32Array(200 * 784) } },
      /train images as uint8, got float32/,
    ],
  ];
  it.each(others)('and others are refused, that differ in %s', async (_, part, message) => {
    await checkRunData(out, tinyDataset());
    const check = checkRunData(out, { ...tinyDataset(), ...part });
    await expect(check).rejects.toMatchObject({ code: 'E_USAGE', message: expect.stringMatching(message) });
  });
});

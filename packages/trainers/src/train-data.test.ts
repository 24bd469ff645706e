import { startWasmBackend } from '@latentkit/backend';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectEvents, tinyDataset, tinyModel, tinyRun } from './testing/tiny-run.ts';
import { train } from './train.ts';

beforeAll(() => startWasmBackend());

describe('the data that a model sees', () => {
  /** The images of each batch, and of the validation, as the model reads them. */
  async function imagesSeen(change: Parameters<typeof tinyRun>[0]) {
    const run = tinyRun(change);
    const seen: Float32Array[] = [];
    const model = {
      ...run.model,
      encode: (...args: Parameters<typeof run.model.encode>) => {
        seen.push(args[1].dataSync().slice() as Float32Array);
        return run.model.encode(...args);
      },
    };
    await collectEvents(train({ ...run, model }));
    return seen;
  }
  const distinct = (arrays: Float32Array[]) => [...new Set(arrays.flatMap((numbers) => [...numbers]))].sort();

  it('is every image once an epoch, in another order each', async () => {
    const seen = await imagesSeen({ epochs: 2 });
    const imagesOf = (arrays: Float32Array[]) =>
      arrays.flatMap((batch) =>
        Array.from({ length: batch.length / 12 }, (_, i) => batch.slice(12 * i, 12 * i + 12).join()),
      );
    const [first, second] = [imagesOf(seen.slice(0, 5)), imagesOf(seen.slice(6, 11))];
    expect(first).not.toEqual(second);
    expect(first.toSorted()).toEqual(second.toSorted());
    expect(new Set(first).size).toBe(22);
    expect(seen[11]).toEqual(seen[5]); // the validation images, in their own order
  });

  it('lies in [0, 1], and in [-1, 1] where the output is a tanh', async () => {
    const tanh = tinyModel({ likelihood: { type: 'squaredError', output: 'tanh' } });
    const { train: trainSet } = tinyDataset();
    const darkest = Math.min(...trainSet.images) / 255;
    const rangeOf = (seen: Float32Array[]) =>
      Math.min(...seen.slice(0, 5).flatMap((numbers) => [...numbers]));
    expect(rangeOf(await imagesSeen({ epochs: 1 }))).toBeCloseTo(darkest, 6);
    expect(rangeOf(await imagesSeen({ epochs: 1, model: tanh }))).toBeCloseTo(2 * darkest - 1, 6);
  });

  it('is coins where pixels are binarised: other ones in each epoch if dynamic, the same for validation', async () => {
    const dynamic = await imagesSeen({ epochs: 2, binarize: 'dynamic' });
    expect(distinct(dynamic)).toEqual([0, 1]);
    expect(dynamic[5]!.length).toBe(7 * 12);
    expect(dynamic[11]).toEqual(dynamic[5]);
    const ink = (arrays: Float32Array[]) => arrays.flatMap((numbers) => [...numbers]).filter(Boolean).length;
    expect(ink(dynamic.slice(0, 5))).not.toBe(ink(dynamic.slice(6, 11)));
    const fixed = await imagesSeen({ epochs: 2, binarize: 'fixed' });
    expect(distinct(fixed)).toEqual([0, 1]);
    expect(ink(fixed.slice(0, 5))).toBe(ink(fixed.slice(6, 11)));
    expect(fixed[5]).toEqual(dynamic[5]);
  });

  it('is coins of -1 and 1 where the output is a tanh', async () => {
    const model = tinyModel({ likelihood: { type: 'squaredError', output: 'tanh' } });
    expect(distinct(await imagesSeen({ epochs: 1, binarize: 'dynamic', model }))).toEqual([-1, 1]);
  });

  it('are numbers of any range where the likelihood reads such, and else refused with the reason', async () => {
    const columns = (count: number) => ({
      shape: { height: 1, width: 3, channels: 1 },
      count,
      images: Float32Array.from({ length: 3 * count }, (_, i) => ((i * 7) % 11) - 5),
    });
    const dataset = { name: 'columns', train: columns(20), validation: columns(5) };
    const image = dataset.train.shape;
    const gaussian = tinyModel({
      image,
      likelihood: { type: 'gaussian', output: 'linear', sigma: 'learned' },
    });
    const seen = await imagesSeen({ epochs: 1, dataset, model: gaussian });
    expect(seen.at(-1)).toEqual(dataset.validation.images);
    const refused = (change: Parameters<typeof tinyRun>[0]) =>
      expect(collectEvents(train(tinyRun({ dataset, ...change })))).rejects;
    await refused({ model: tinyModel({ image }) }).toThrow(
      'train: train images: expected float pixels within [0, 1], got -5 at index 0 (image 0, row 0, column 0). ' +
        "They go from -5 to 5: scale them to [0, 1], or let a likelihood with output 'linear'",
    );
    await refused({ model: gaussian, binarize: 'fixed' }).toThrow('within [0, 1]');
  });

  it('are refused as floats from 0 to 255, with the reason', async () => {
    const { train: set, ...rest } = tinyDataset();
    const dataset = { ...rest, train: { ...set, images: Float32Array.from(set.images) } };
    await expect(collectEvents(train(tinyRun({ dataset })))).rejects.toThrow(
      /^train: train images: .* Divide by 255/,
    );
  });
});

it('a test set that the model could not be tested on is told before the training', async () => {
  const labelled = (of: ReturnType<typeof tinyDataset>['train']) => ({
    ...of,
    labels: new Uint8Array(of.count),
  });
  const { train: set, validation } = tinyDataset();
  const run = tinyRun({ model: tinyModel({ condition: { classes: 2 } }) });
  const refused = (test: typeof validation) =>
    expect(
      collectEvents(
        train({
          ...run,
          dataset: { name: 'tiny', train: labelled(set), validation: labelled(validation), test },
        }),
      ),
    ).rejects;
  await refused(validation).toThrow('the test images have no labels');
  await refused({ ...labelled(validation), count: 6 }).toThrow(
    '6 test images of 4 x 3 x 1 are 72 numbers, got 84',
  );
});

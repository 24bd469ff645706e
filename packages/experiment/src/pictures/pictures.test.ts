import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { createModel, createTrainedModel, openTrainedModel, type TrainedModel } from '@latentkit/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { TINY_AUTOENCODER, tinyDataset, tinySpec } from '../testing/tiny-run.ts';
import { reconstructImages } from './reconstruct-images.ts';
import { decodeLatent, sampleModel } from './sample-model.ts';
import { traverseLatent, walkLatentPlane } from './traverse-latent.ts';

const PIXELS = 784;
const SPEC = tinySpec({ latentDim: 3 });
const { images } = tinyDataset().validation;
const some = (count: number) => images.subarray(0, count * PIXELS);
const made = (spec = SPEC) => createTrainedModel(spec, createModel(spec).initialize(3));
const rowsOf = (codes: Float32Array, size = 3) =>
  Array.from({ length: codes.length / size }, (_, i) => [...codes.subarray(i * size, (i + 1) * size)]);

let model: TrainedModel;
beforeAll(async () => {
  await startWasmBackend();
  model = made();
});

describe('reconstructions', () => {
  it('are those of the model, with the mean squared error of each', async () => {
    const { images: back, errors, latent, svg } = await reconstructImages(model, some(20), { title: 'Mine' });
    expect(back).toEqual(model.reconstruct(some(20)));
    expect(latent).toEqual(model.encode(some(20)).mean);
    const first = back.subarray(0, PIXELS).reduce((sum, one, i) => sum + (one - images[i]! / 255) ** 2, 0);
    expect(errors).toHaveLength(20);
    expect(errors[0]).toBeCloseTo(first / PIXELS, 6);
    expect(svg.match(/>reconstruction</g)).toHaveLength(2); // two bands of ten
    expect(svg).toContain('>Mine<');
  });

  it('want a class of a conditional model', async () => {
    const told = made({ ...SPEC, condition: { classes: 10 } });
    await expect(reconstructImages(told, some(2))).rejects.toMatchObject({ code: 'E_USAGE' });
    const { images: back } = await reconstructImages(told, some(2), { label: [4, 7] });
    expect(back).toEqual(told.reconstruct(some(2), { label: [4, 7] }));
  });
});

describe('samples', () => {
  it("are the model's own, with the codes that they were decoded from", async () => {
    const { images: samples, latent } = await sampleModel(model, { count: 5, seed: 9 });
    expect(samples).toEqual(model.sample({ count: 5, seed: 9 }));
    expect(samples).toEqual(model.decode(latent));
  });

  it('around an image are draws of its posterior, its reconstruction for a spread of 0', async () => {
    const { mean, logVar } = model.encode(some(1));
    const { latent } = await sampleModel(model, { count: 4, seed: 9, around: some(1) });
    const noise = model.sampleCodes({ count: 4, seed: 9 }); // the prior is standard normal
    for (let i = 0; i < latent.length; i++) {
      const d = i % 3;
      expect(latent[i]).toBeCloseTo(mean[d]! + Math.exp(logVar![d]! / 2) * noise[i]!, 5);
    }
    const still = await sampleModel(model, { count: 1, around: some(1), spread: 0 });
    expect(still.images).toEqual(model.reconstruct(some(1)));
  });

  it('of a conditional model are a row a class, or all of one', async () => {
    const told = made({ ...SPEC, condition: { classes: 3 } });
    const all = await sampleModel(told, { columns: 2 });
    expect(all.labels).toEqual([0, 0, 1, 1, 2, 2]);
    expect(all.images).toEqual(told.sample({ count: 6, label: [0, 0, 1, 1, 2, 2] }));
    const one = await sampleModel(told, { count: 2, label: 1 });
    expect(one.images).toEqual(told.sample({ count: 2, label: 1 }));
  });

  it('of a plain autoencoder are refused, but for those around an image', async () => {
    const plain = made({ ...SPEC, kind: TINY_AUTOENCODER.kind });
    await expect(sampleModel(plain)).rejects.toMatchObject({ code: 'E_USAGE' });
    const { latent } = await sampleModel(plain, { count: 2, around: some(1), spread: 0 });
    expect(latent.subarray(3)).toEqual(plain.encode(some(1)).mean);
  });

  it('of given codes are what they decode to; others are refused with both lengths', async () => {
    const latent = Float32Array.of(0, 1, 2, -1, 0, 1);
    expect((await decodeLatent(model, latent)).images).toEqual(model.decode(latent));
    await expect(decodeLatent(model, latent.subarray(1))).rejects.toThrow(
      'expected codes of 3 numbers each, got 5',
    );
  });
});

describe('a traversal', () => {
  it('touches one coordinate a row, evenly over the range, those of largest KL first', async () => {
    const codes = model.encode(images);
    const {
      latent,
      axes,
      images: decoded,
      svg,
    } = await traverseLatent(model, codes, { steps: 5, range: [-2, 2] });
    expect(decoded).toEqual(model.decode(latent));
    const weights = axes.map(({ weight }) => weight);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    rowsOf(latent).forEach((code, i) => {
      const { dimension } = axes[Math.floor(i / 5)]!;
      expect(code).toEqual([0, 1, 2].map((d) => (d === dimension ? -2 + (i % 5) : 0)));
    });
    for (const text of ['z₁', 'z₂', 'z₃', '−2', '0', '2']) expect(svg).toContain(`>${text}<`);
  });

  it('starts at a code, along the dimensions asked for', async () => {
    const from = Float32Array.of(5, 6, 7);
    const { latent } = await traverseLatent(model, model.encode(images), { steps: 2, dimensions: [2], from });
    expect(rowsOf(latent)).toEqual([
      [5, 6, -3],
      [5, 6, 3],
    ]);
    await expect(traverseLatent(model, model.encode(images), { dimensions: [3] })).rejects.toThrow(
      'expected dimensions from 0 to 2, got [3]',
    );
  });

  it('of a plain autoencoder runs over what its codes take, around their mean', async () => {
    const plain = made({ ...SPEC, kind: TINY_AUTOENCODER.kind });
    const codes = plain.encode(images);
    const column = (d: number) => codes.mean.filter((_, i) => i % 3 === d);
    const { latent, axes } = await traverseLatent(plain, codes, { steps: 2 });
    const [{ dimension, range }] = axes as [(typeof axes)[0]];
    expect(range).toEqual([Math.min(...column(dimension)), Math.max(...column(dimension))]);
    const other = (dimension + 1) % 3;
    const mean = column(other).reduce((sum, one) => sum + one, 0) / 40;
    expect(latent[other]).toBeCloseTo(mean, 5);
  });
});

describe('a walk over the plane', () => {
  it('has the largest value on top, and the other dimensions where it starts', async () => {
    const options = { steps: 3, dimensions: [0, 2], from: Float32Array.of(0, 4, 0) };
    const { latent, grid } = await walkLatentPlane(model, model.encode(images), options);
    expect(grid).toEqual({ rows: 3, columns: 3 });
    expect(rowsOf(latent)).toEqual([3, 0, -3].flatMap((y) => [-3, 0, 3].map((x) => [x, 4, y])));
  });

  it('goes by quantiles of the standard normal', async () => {
    const options = { steps: 3, dimensions: [1], quantiles: true, range: [0.025, 0.975] as const };
    const { latent } = await walkLatentPlane(model, model.encode(images), options);
    expect([latent[1], latent[4], latent[7]]).toEqual([
      expect.closeTo(-1.959963984540054, 6), // tables of the normal distribution
      expect.closeTo(0, 6),
      expect.closeTo(1.959963984540054, 6),
    ]);
    await expect(walkLatentPlane(model, model.encode(images), { ...options, range: [0, 1] })).rejects.toThrow(
      'expected a range of shares above 0 and below 1',
    );
  });
});

it('an accelerated model makes the same pictures', async () => {
  const accelerator = await createAccelerator({ workers: 2 });
  const fast = await openTrainedModel(SPEC, createModel(SPEC).initialize(3), { accelerator });
  expect(await sampleModel(fast, { count: 4 })).toEqual(await sampleModel(model, { count: 4 }));
  expect(await reconstructImages(fast, some(3))).toEqual(await reconstructImages(model, some(3)));
  await fast.dispose();
  await accelerator.close();
});

import { describe, expect, it } from 'vitest';
import { fixture, jsonFixture } from '../testing/fixture.ts';
import { errorOf, files, grey } from '../testing/import-of.ts';
import type { ImportSetsOptions } from './import-options.ts';
import { importSets } from './import-sets.ts';

// By NumPy, pandas, pyarrow, safetensors and Pillow: fixtures/make-sources.py.
const { images, labels } = jsonFixture<{ images: number[]; labels: number[] }>('sources.json');
const shape = { height: 3, width: 4, channels: 1 };
const NAMES = ['cup', 'jug', 'pot'];
const importOf = (names: readonly string[], options?: ImportSetsOptions) =>
  importSets(files(Object.fromEntries(names.map((name) => [`d/${name}`, fixture(name)]))), options);

describe('NPZ', () => {
  it('without names is pixels and classes in the order that they were given', async () => {
    const { parts, report } = await importOf(['unnamed.npz']);
    expect(parts.train).toEqual({
      ...{ shape, count: 7, images: Uint8Array.from(images), labels: Uint8Array.from(labels) },
    });
    expect(report.skipped).toEqual([]);
  });

  it('of more arrays is the one that is called as images are; the others are told, also what pickle alone could read', async () => {
    const { parts, report } = await importOf(['sprites.npz'], { source: 'npz' });
    expect([...parts.train.images]).toEqual(images);
    expect(report.skipped).toEqual([
      { name: 'd/sprites/latents_classes.npy', why: 'an array beside d/sprites/imgs.npy' },
      { name: 'd/sprites/latents_values.npy', why: 'an array beside d/sprites/imgs.npy' },
      { name: 'd/sprites/metadata.npy', why: expect.stringContaining("got '|O'") },
    ]);
  });
});

describe('safetensors', () => {
  it('has parts and classes by the names of its tensors', async () => {
    const { parts, report } = await importOf(['images.safetensors']);
    expect(report).toMatchObject({ source: 'arrays', kept: 7 });
    expect([...parts.train.images]).toEqual(images.slice(0, 60).map((value) => Math.fround(value / 255)));
    expect([[...parts.train.labels!], [...parts.test!.labels!]]).toEqual([
      labels.slice(0, 5),
      labels.slice(5),
    ]);
  });

  it("that is a model's is no data, unless somebody says so", async () => {
    expect(await errorOf({ 'w.safetensors': fixture('weights.safetensors') })).toMatchObject({
      message: expect.stringContaining('this is a model, and no data'),
    });
    const { parts } = await importOf(['weights.safetensors'], {
      source: 'safetensors',
      size: { width: 2, height: 2 },
    });
    expect(parts.train.count).toBe(3);
    const beside = { 'a.safetensors': fixture('weights.safetensors').subarray(0, 30), '1.png': grey(1) };
    const { report } = await importSets(files(beside));
    expect(report.skipped[0]!.why).toMatch(/^a model's weights \(safetensors\): parseSafetensors/);
  });
});

describe('Parquet', () => {
  const shards = [
    'train-00001-of-00002.parquet',
    'test-00000-of-00001.parquet',
    'train-00000-of-00002.parquet',
  ];

  it("of Hugging Face's pictures has parts by its files' names, rows in their order, and the classes' names", async () => {
    const { parts, classNames, report } = await importOf(shards);
    expect(classNames).toEqual(NAMES);
    expect([[...parts.train.images], [...parts.test!.images]]).toEqual([
      images.slice(0, 60),
      images.slice(60),
    ]);
    expect([[...parts.train.labels!], [...parts.test!.labels!]]).toEqual([
      labels.slice(0, 5),
      labels.slice(5),
    ]);
    expect(report).toMatchObject({ source: 'images', kept: 7, skipped: [] });
    expect(report.notes).toContain("d/train-00000-of-00002.parquet: its column 'label' has the classes");
  });

  it('of numbers is an image a row', async () => {
    const { parts, classNames, report } = await importOf(['pixels.parquet'], {
      size: { width: 4, height: 3 },
    });
    expect([parts.train.shape, [...parts.train.images], classNames]).toEqual([shape, images, NAMES]);
    expect([...parts.train.labels!]).toEqual(labels);
    expect(report.source).toBe('table');
    await expect(importOf(['pixels.parquet'], { labelColumn: 'kind' })).rejects.toMatchObject({
      code: 'E_UNKNOWN_NAME',
    });
  });

  it('beyond a limit is refused before it is unpacked', async () => {
    await expect(importOf(shards, { limits: { unpackedBytes: 100 } })).rejects.toMatchObject({
      code: 'E_LIMIT',
    });
    await expect(importOf(shards, { limits: { numbers: 8 } })).rejects.toMatchObject({ code: 'E_LIMIT' });
  });
});

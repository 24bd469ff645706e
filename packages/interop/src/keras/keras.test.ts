import { encodeZip, readZip } from '@latentkit/formats';
import { describe, expect, it } from 'vitest';
import { caseOf, trainedCases } from '../testing/trained-cases.ts';
import { exportKeras } from './export-keras.ts';
import { importKeras } from './import-keras.ts';

async function unpack(file: Uint8Array) {
  const files = await Promise.all(readZip(file).map(async ({ name, read }) => [name, await read()] as const));
  const { 'config.json': config, 'model.weights.h5': weights } = Object.fromEntries(files);
  return {
    names: files.map(([name]) => name),
    config: JSON.parse(new TextDecoder().decode(config)),
    weights: weights!,
  };
}

/** Where bytes lie in others. */
const isWithin = (bytes: Uint8Array, part: Float32Array) =>
  Buffer.from(bytes).includes(Buffer.from(part.buffer, part.byteOffset, part.byteLength));

// That Keras computes the same is held by `pnpm readers`.
describe.each(trainedCases)('$name', (model) => {
  it('holds every number of its networks as they are, and nothing is called twice', async () => {
    for (const [file, bytes] of Object.entries(exportKeras(model))) {
      const { names, config, weights } = await unpack(bytes);
      expect(names).toEqual(['metadata.json', 'config.json', 'model.weights.h5']);
      const part = file.split('.')[0]!;
      const own = Object.entries(model.weights).filter(([name]) => name.startsWith(part));
      expect(own.length).toBeGreaterThan(0);
      for (const [, { data }] of own) expect(isWithin(weights, data)).toBe(true);
      const layers = config.config.layers.map(({ name }: { name: string }) => name);
      expect(new Set(layers).size).toBe(layers.length);
    }
  });
});

it('of a model that is told classes, saved again by Keras, says why it does not come back', async () => {
  const bare = async (file: Uint8Array) => {
    const files = await Promise.all(
      readZip(file).map(async ({ name, read }) => ({ name, bytes: await read() })),
    );
    return encodeZip(
      files.map((one) =>
        one.name === 'metadata.json' ? { ...one, bytes: new TextEncoder().encode('{}') } : one,
      ),
    );
  };
  const { 'encoder.keras': encoder, 'decoder.keras': decoder } = exportKeras(caseOf('conv-told'));
  const files = { 'encoder.keras': await bare(encoder), 'decoder.keras': await bare(decoder) };
  await expect(importKeras(files)).rejects.toMatchObject({
    code: 'E_FORMAT',
    message: expect.stringContaining(
      "encoder.keras: it takes 'pixel_values' and 'labels': a model that is told classes",
    ),
  });
});

it('layers are those that a reader of the model expects', async () => {
  const { config } = await unpack(exportKeras(caseOf('conv-odd'))['decoder.keras']);
  const described = config.config.layers.map(
    (layer: { class_name: string; name: string }) => `${layer.class_name} ${layer.name}`,
  );
  expect(described).toEqual([
    'InputLayer latent',
    'Dense unfold_numbers',
    'Reshape unfold',
    'Conv2DTranspose deconv1_whole',
    'Cropping2D deconv1',
    'Conv2DTranspose deconv2_whole',
    'Cropping2D deconv2',
    'Conv2DTranspose output_whole',
    'Cropping2D output',
  ]);
  expect(config.config.layers.at(-1).config.cropping).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

it('is the same bytes each time', () => {
  expect(exportKeras(caseOf('conv-told'))).toEqual(exportKeras(caseOf('conv-told')));
});

it('refuses what is no model of these weights', () => {
  const [dense, conv] = [caseOf('dense'), caseOf('conv')];
  expect(() => exportKeras({ spec: conv.spec, weights: dense.weights })).toThrow(
    expect.objectContaining({ code: 'E_SHAPE' }),
  );
  expect(() => exportKeras(undefined as never)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
});

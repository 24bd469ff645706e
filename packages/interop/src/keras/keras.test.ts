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

/** Files whose entries are changed, as Keras does when it saves them again. */
async function changed(
  files: Readonly<Record<string, Uint8Array>>,
  entry: string,
  change: (text: string) => string,
): Promise<Record<string, Uint8Array>> {
  const made: Record<string, Uint8Array> = {};
  for (const [name, file] of Object.entries(files)) {
    const entries = await Promise.all(
      readZip(file).map(async (one) => ({ name: one.name, bytes: await one.read() })),
    );
    made[name] = encodeZip(
      entries.map((one) =>
        one.name === entry
          ? { ...one, bytes: new TextEncoder().encode(change(new TextDecoder().decode(one.bytes))) }
          : one,
      ),
    );
  }
  return made;
}

it.each(['conv-told', 'dense-told'])(
  'of a model that is told classes (%s), saved again by Keras, is told by its layers',
  async (name) => {
    const model = caseOf(name);
    const files = await changed({ ...exportKeras(model) }, 'metadata.json', () => '{}');
    const { spec, weights } = await importKeras(files);
    expect(weights).toEqual(model.weights);
    expect(spec).toMatchObject(model.spec);
    const renamed = await changed(files, 'config.json', (text) => text.replaceAll('"labels"', '"kinds"'));
    await expect(importKeras(renamed)).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining(
        "it takes 'pixel_values' and 'kinds': a second input is read where it is called 'labels'",
      ),
    });
  },
);

it('whose layers somebody changed is told by these, and says so', async () => {
  const model = caseOf('dense');
  const { activation } = model.spec.encoder as { activation: string };
  const other = activation === 'tanh' ? 'relu' : 'tanh';
  const files = await changed({ ...exportKeras(model) }, 'config.json', (text) =>
    text.replaceAll(
      `"activation":"${activation === 'leakyRelu' ? 'leaky_relu' : activation}"`,
      `"activation":"${other}"`,
    ),
  );
  const { spec, notes } = await importKeras(files);
  expect(spec.encoder).toMatchObject({ activation: other });
  expect(notes[0]).toMatch(
    new RegExp(`has the activation ${other}, and Latentkit wrote .*told from its layers`),
  );
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

it('blocks are sums, and norms layers of their own before an activation', async () => {
  const { config } = await unpack(exportKeras(caseOf('residual-group'))['encoder.keras']);
  const layers = config.config.layers as {
    class_name: string;
    name: string;
    config: Record<string, unknown>;
    inbound_nodes: { args: unknown[] }[];
  }[];
  expect(layers.slice(1, 11).map(({ class_name, name }) => `${class_name} ${name}`)).toEqual([
    'Conv2D stage1_down',
    'GroupNormalization stage1_down_norm_straight',
    'Activation stage1_down_norm',
    'Conv2D stage1_block1_conv1',
    'GroupNormalization stage1_block1_conv1_norm_straight',
    'Activation stage1_block1_conv1_norm',
    'Conv2D stage1_block1_conv2',
    'GroupNormalization stage1_block1_conv2_norm',
    'Add stage1_block1_straight',
    'Activation stage1_block1',
  ]);
  expect(layers[2]!.config).toMatchObject({ groups: 2, axis: -1, epsilon: 1e-5 });
  const sum = JSON.stringify(layers[9]!.inbound_nodes);
  for (const name of ['stage1_down_norm', 'stage1_block1_conv2_norm']) {
    expect(sum).toContain(`"keras_history":["${name}",0,0]`);
  }
});

it('blocks that Keras saved again are refused by the layer that is not read', async () => {
  const files = await changed({ ...exportKeras(caseOf('residual-batch')) }, 'metadata.json', () => '{}');
  await expect(importKeras(files)).rejects.toMatchObject({
    code: 'E_FORMAT',
    message: expect.stringContaining(
      "'stage1_down_norm_straight' is a BatchNormalization, which is read where Latentkit wrote the file and nobody saved it again",
    ),
  });
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

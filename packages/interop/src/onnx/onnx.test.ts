import { encodeOnnx, parseOnnx } from '@latentkit/formats/onnx';
import { createModel, type ModelSpec } from '@latentkit/models';
import { describe, expect, it } from 'vitest';
import { trainedCases } from '../testing/trained-cases.ts';
import { exportOnnx } from './export-onnx.ts';
import { importOnnx } from './import-onnx.ts';

const [dense] = trainedCases as [(typeof trainedCases)[0]];
/** 28 pixels halved: an uneven padding. */
const uneven = trainedCases.find(({ name }) => name === 'conv')!;
const conv = trainedCases.find(({ name }) => name === 'conv-odd')!;

// That onnxruntime computes the same is held by `pnpm readers`.
describe.each(trainedCases)('$name', ({ spec, weights }) => {
  it('comes back with its weights, bit for bit', () => {
    expect(importOnnx(exportOnnx({ spec, weights, epoch: 12 }))).toEqual({
      spec,
      weights,
      epoch: 12,
      notes: [],
    });
  });

  it('has every value made before it is used, and each once', () => {
    for (const file of Object.values(exportOnnx({ spec, weights }, { symmetric: true }))) {
      const { inputs, outputs, nodes, tensors } = parseOnnx(file);
      const known = new Set([...inputs.map(({ name }) => name), ...Object.keys(tensors)]);
      for (const node of nodes) {
        for (const input of node.inputs) expect(known).toContain(input);
        for (const output of node.outputs) {
          expect(known).not.toContain(output);
          known.add(output);
        }
      }
      for (const { name } of outputs) expect(known).toContain(name);
      const used = new Set(nodes.flatMap((node) => node.inputs));
      for (const name of Object.keys(tensors)) expect(used).toContain(name);
    }
  });
});

it('says what goes in and what comes out, of any number of images', () => {
  const { 'encoder_model.onnx': encoder, 'decoder_model.onnx': decoder } = exportOnnx(conv);
  const told = parseOnnx(encoder);
  expect(told.inputs).toEqual([
    {
      ...{ name: 'pixel_values', shape: ['batch', 3, 17, 13], denotation: 'IMAGE' },
      dimensions: ['DATA_BATCH', 'DATA_CHANNEL', 'DATA_FEATURE', 'DATA_FEATURE'],
    },
  ]);
  expect(told.outputs.map(({ name, shape }) => [name, shape])).toEqual([
    ['mean', ['batch', 3]],
    ['log_var', ['batch', 3]],
    ['image_embeds', ['batch', 3]],
  ]);
  expect(told.opset).toBe(17);
  expect(told.metadata).toMatchObject({ 'Image.BitmapPixelFormat': 'Rgb8', 'latentkit.part': 'encoder' });
  expect(parseOnnx(decoder).outputs[0]).toMatchObject({ name: 'pixel_values', shape: ['batch', 3, 17, 13] });
});

it.each([
  [{ likelihood: { type: 'gaussian', output: 'sigmoid', sigma: 'learned' } }],
  [{ prior: { type: 'vamp', components: 3 } }],
  [{ prior: { type: 'mixture', components: 4 } }],
] as const)('%j comes back with what it has learned beside its networks', (own) => {
  const spec = { ...dense.spec, ...own } as ModelSpec;
  const weights = structuredClone(createModel(spec).initialize(3));
  let next = 0;
  for (const { data } of Object.values(weights))
    for (let i = 0; i < data.length; i++) data[i] = Math.sin(next++);
  expect(importOnnx(exportOnnx({ spec, weights, epoch: 3 }))).toEqual({ spec, weights, epoch: 3, notes: [] });
});

it('of a conditional model wants the classes', () => {
  const model = trainedCases.find(({ name }) => name === 'conv-told')!;
  for (const file of Object.values(exportOnnx(model))) {
    expect(parseOnnx(file).inputs[1]).toMatchObject({ name: 'labels', shape: ['batch', 3] });
  }
});

it('is the same bytes each time', () => {
  expect(exportOnnx(conv)).toEqual(exportOnnx(conv));
});

it('never leaves padding to the engine', () => {
  for (const file of Object.values(exportOnnx(conv))) {
    for (const { operator, attributes = {} } of parseOnnx(file).nodes) {
      if (operator.startsWith('Conv')) expect(Object.keys(attributes)).toContain('pads');
      expect(attributes).not.toHaveProperty('auto_pad');
    }
  }
});

it('symmetric pads both sides alike', () => {
  for (const file of Object.values(exportOnnx(uneven, { symmetric: true }))) {
    for (const { operator, attributes = {} } of parseOnnx(file).nodes) {
      if (!operator.startsWith('Conv')) continue;
      const { ints } = attributes.pads as { ints: readonly number[] };
      expect(ints.slice(0, 2)).toEqual(ints.slice(2));
    }
  }
});

describe('what cannot be is refused', () => {
  const files = exportOnnx(dense);
  const vamp: ModelSpec = { ...dense.spec, prior: { type: 'vamp', components: 3 } };
  const code = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return (error as { code: string }).code;
    }
    return undefined;
  };

  it('on the way out', () => {
    expect(code(() => exportOnnx({ spec: conv.spec, weights: dense.weights }))).toBe('E_SHAPE');
    expect(code(() => exportOnnx(undefined as never))).toBe('E_USAGE');
    expect(code(() => exportOnnx(dense, { symetric: true } as never))).toBe('E_CONFIG');
    const broken = structuredClone(dense.weights);
    broken['encoder.mean.bias']!.data[0] = Number.NaN;
    expect(code(() => exportOnnx({ ...dense, weights: broken }))).toBe('E_NOT_FINITE');
  });

  it('on the way back', () => {
    const other = exportOnnx(conv);
    const swapped = {
      'encoder_model.onnx': files['decoder_model.onnx'],
      'decoder_model.onnx': files['encoder_model.onnx'],
    };
    expect(() => importOnnx(swapped)).toThrow(
      /expected the encoder of a model of Latentkit, got the decoder of one/,
    );
    expect(() => importOnnx({ ...files, 'decoder_model.onnx': other['decoder_model.onnx'] })).toThrow(
      /two models/,
    );
    expect(() => importOnnx(exportOnnx(uneven, { symmetric: true }))).toThrow(
      /Export the model anew, not symmetric/,
    );
    expect(code(() => importOnnx({ 'encoder_model.onnx': files['encoder_model.onnx'] } as never))).toBe(
      'E_USAGE',
    );
    const told = parseOnnx(
      exportOnnx({ spec: vamp, weights: createModel(vamp).initialize(1) })['decoder_model.onnx'],
    );
    const written = (learned: Record<string, string>) => {
      const { 'latentkit.learned': _, ...metadata } = told.metadata;
      return encodeOnnx({
        ...told,
        name: 'decoder',
        producer: { name: 'x', version: '1' },
        metadata: { ...metadata, ...learned },
      });
    };
    const { 'encoder_model.onnx': encoder } = exportOnnx({
      spec: vamp,
      weights: createModel(vamp).initialize(1),
    });
    const importOf = (learned: Record<string, string>) => () =>
      importOnnx({ 'encoder_model.onnx': encoder, 'decoder_model.onnx': written(learned) });
    expect(importOf({})).toThrow(/does not hold 'prior\..*model\.safetensors/);
    expect(importOf({ 'latentkit.learned': '!' })).toThrow(
      /decoder_model\.onnx: 'latentkit\.learned' is damaged/,
    );
  });

  it('cut off at any byte, or changed at any', () => {
    const file = files['encoder_model.onnx'];
    for (let length = 0; length < 400; length += 7) {
      expect(code(() => importOnnx({ ...files, 'encoder_model.onnx': file.slice(0, length) }))).toMatch(
        /^E_(FORMAT|USAGE)$/,
      );
    }
    for (let at = 0; at < 300; at++) {
      const changed = file.slice();
      changed[at] = changed[at]! ^ (1 << (at % 8));
      const got = code(() => importOnnx({ ...files, 'encoder_model.onnx': changed }));
      expect([undefined, 'E_FORMAT', 'E_LIMIT', 'E_CONFIG']).toContain(got);
    }
  });
});

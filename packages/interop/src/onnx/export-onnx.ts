import type { NdArray } from '@latentkit/core';
import { checkOptions, checkValue, flagRule, type OptionRules } from '@latentkit/core/options';
import { encodeOnnx, type OnnxModel, type OnnxValue } from '@latentkit/formats/onnx';
import { checkWeights, createModel, type Model, type ModelSpec, savedModelOf } from '@latentkit/models';
import { turnWeights } from '../layout/turn-weights.ts';
import { exportRule, type ModelToExport, outputToExport, refuseKind } from '../model-to-export.ts';
import { addLayers, type LayerContext, type Value } from './add-layers.ts';
import { createGraphBuilder, type GraphBuilder } from './graph-builder.ts';
import { LEARNED_KEY, packArrays } from './learned-arrays.ts';

export interface ExportOnnxOptions {
  /**
   * Kernels with a row and a column of zeros before, where padding would be uneven: for engines that pad both sides alike, or wrongly.
   * The same results; more work, and not to be trained further.
   */
  symmetric?: boolean;
}

/** Files by name. */
export interface OnnxFiles {
  readonly 'encoder_model.onnx': Uint8Array;
  readonly 'decoder_model.onnx': Uint8Array;
}

const RULES: OptionRules<ExportOnnxOptions> = { symmetric: flagRule };

/** Every operator used is the same from version 16 to 18; runtimes since 2022 have it. */
const OPSET = 17;
const BATCH = 'batch';
/** Where a file says what model it is of. */
export const SPEC_KEY = 'latentkit.model';
export const PART_KEY = 'latentkit.part';

/**
 * A model's encoder and decoder as ONNX files, for onnxruntime in any language, transformers.js and others.
 *
 * Encoder: `pixel_values` `[batch, channels, height, width]`, float32 from 0 to 1 (any numbers where the likelihood's output is linear)
 * -> `mean` and `log_var` `[batch, latent]` (of a plain autoencoder `code`), and `image_embeds`, the mean again, which is what
 * transformers.js's image-feature-extraction looks for. Decoder: `latent` `[batch, latent]` -> `pixel_values` of the same kind. A
 * conditional model has a second input, `labels` `[batch, classes]`, one-hot. The weights' numbers are those of `model.safetensors` in
 * another order, so that `importOnnx` gives them back bit for bit; the model itself goes along in the metadata, and what it has learned beside its
 * networks (a prior's components, a likelihood's deviation).
 *
 * @returns files by name; the same model always gives the same bytes.
 * @throws `E_CONFIG` where the spec makes no model; `E_SHAPE`, `E_NOT_FINITE` for weights that are not its.
 * @example
 * const run = await loadRun('runs/first');
 * for (const [name, bytes] of Object.entries(exportOnnx(run))) await writeFile(name, bytes);
 * @see https://onnx.ai/onnx/operators/
 */
export function exportOnnx(model: ModelToExport, options: ExportOnnxOptions = {}): OnnxFiles {
  checkValue('exportOnnx', 'model', model, exportRule);
  checkOptions('exportOnnx', options, RULES);
  const { spec, weights, epoch } = model;
  refuseKind('exportOnnx', spec);
  const made = createModel(spec);
  checkWeights('exportOnnx', weights, made.parameterShapes);
  const saved = JSON.stringify(savedModelOf({ spec, ...(epoch !== undefined && { epoch }) }));
  const { symmetric = false } = options;
  const turned = turnWeights(made, weights, 'there');
  const learned = Object.keys(made.parameterShapes).filter((name) => !(name in turned));
  const parts = { encoder: encoderOf, decoder: decoderOf };
  const write = (part: keyof typeof parts): Uint8Array => {
    const builder = createGraphBuilder();
    const labels = spec.condition ? 'labels' : undefined;
    const { inputs, outputs } = parts[part](made, { builder, weights: turned, labels, symmetric });
    const told: OnnxValue[] = spec.condition
      ? [{ name: 'labels', shape: [BATCH, spec.condition.classes] }]
      : [];
    return encodeOnnx({
      ...{ name: part, opset: OPSET, producer: { name: 'latentkit', version: '1' } },
      metadata: {
        ...{ ...describeImages(spec), [PART_KEY]: part, [SPEC_KEY]: saved },
        ...(part === 'decoder' && learned.length > 0 && { [LEARNED_KEY]: packArrays(weights, learned) }),
      },
      ...{ inputs: [...inputs, ...told], outputs, tensors: builder.tensors, nodes: builder.nodes },
    });
  };
  return { 'encoder_model.onnx': write('encoder'), 'decoder_model.onnx': write('decoder') };
}

type Ends = Pick<OnnxModel, 'inputs' | 'outputs'>;

function encoderOf({ spec, plan, likelihood }: Model, context: LayerContext): Ends {
  const { builder } = context;
  const pixels = imageValue('pixel_values', spec);
  const x = spread(builder, pixels.name, likelihood.dataRange);
  const { height, width, channels } = spec.image;
  const features = addLayers(plan.encoder, { name: x, shape: [height, width, channels] }, context);
  const outputs = plan.heads.map((head): OnnxValue => {
    const { name } = addLayers([head], features, context);
    const asked = NAMES[head.name] ?? head.name;
    builder.add('Identity', asked, [name]);
    return { name: asked, shape: [BATCH, spec.latentDim] };
  });
  builder.add('Identity', EMBEDDING, [outputs[0]!.name]);
  return { inputs: [pixels], outputs: [...outputs, { name: EMBEDDING, shape: [BATCH, spec.latentDim] }] };
}

/** Heads by the names that other programs use. */
const NAMES: Readonly<Record<string, string>> = {
  'encoder.mean': 'mean',
  'encoder.logVar': 'log_var',
  'encoder.code': 'code',
};
const EMBEDDING = 'image_embeds';

function decoderOf(model: Model, context: LayerContext): Ends {
  const { spec, plan, likelihood } = model;
  const { builder } = context;
  const latent: Value = { name: 'latent', shape: [spec.latentDim] };
  const features = addLayers(plan.decoder, latent, context);
  // The first head is the mean's; what others may learn of the noise is no part of the picture.
  const { name } = addLayers([plan.outputs[0]!], features, context);
  const output = outputToExport('exportOnnx', model);
  const mean = output === 'linear' ? name : builder.add(OUTPUTS[output], 'mean_image', [name]);
  const pixels = imageValue('pixel_values', spec);
  builder.add('Identity', pixels.name, [gather(builder, mean, likelihood.dataRange)]);
  return { inputs: [{ name: latent.name, shape: [BATCH, spec.latentDim] }], outputs: [pixels] };
}

const OUTPUTS = { sigmoid: 'Sigmoid', tanh: 'Tanh' } as const;

function imageValue(name: string, { image: { channels, height, width } }: ModelSpec): OnnxValue {
  return {
    ...{ name, shape: [BATCH, channels, height, width], denotation: 'IMAGE' },
    dimensions: ['DATA_BATCH', 'DATA_CHANNEL', 'DATA_FEATURE', 'DATA_FEATURE'],
  };
}

const scalar = (value: number): NdArray => ({ shape: [], data: Float32Array.of(value) });

/** From [0, 1], as everybody has pixels, to where the model has them. */
function spread(builder: GraphBuilder, name: string, [low, high]: readonly [number, number]): string {
  if (low === 0 && high === 1) return name;
  const scaled = builder.add('Mul', 'scaled', [name, builder.weights('scale', scalar(high - low))]);
  return builder.add('Add', 'spread', [scaled, builder.weights('offset', scalar(low))]);
}

/** Back to [0, 1]. */
function gather(builder: GraphBuilder, name: string, [low, high]: readonly [number, number]): string {
  if (low === 0 && high === 1) return name;
  const moved = builder.add('Sub', 'moved', [name, builder.weights('offset', scalar(low))]);
  return builder.add('Mul', 'gathered', [moved, builder.weights('scale', scalar(1 / (high - low)))]);
}

/** In the words that ONNX has for pictures. */
function describeImages({ image: { channels }, likelihood }: ModelSpec): Record<string, string> {
  if (likelihood.output === 'linear') return {};
  const format = { 1: 'Gray8', 3: 'Rgb8' }[channels];
  return {
    'Image.NominalPixelRange': 'Normalized_0_1',
    ...(format && { 'Image.BitmapPixelFormat': format, 'Image.ColorSpaceGamma': 'SRGB' }),
  };
}

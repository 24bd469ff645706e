import { LatentkitError, type NamedArrays, type NdArray, sizeOfShape } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import { parseJson } from '@latentkit/formats';
import { type OnnxModel, parseOnnx } from '@latentkit/formats/onnx';
import {
  createModel,
  type LayerPlan,
  type ModelPlan,
  type ModelSpec,
  parseSavedModel,
} from '@latentkit/models';
import { turnAxis, turnKernel } from '../layout/channels-first.ts';
import { type OnnxFiles, PART_KEY, SPEC_KEY } from './export-onnx.ts';

const filesRule = having(
  "a model's two ONNX files by name",
  { 'encoder_model.onnx': 'object', 'decoder_model.onnx': 'object' },
  'exportOnnx gives them',
);

/** A model that came back, for `createTrainedModel`, `openTrainedModel` and `saveModel`. */
export interface ImportedModel {
  readonly spec: ModelSpec;
  readonly weights: NamedArrays;
  readonly epoch: number;
}

/**
 * The model that two ONNX files of {@link exportOnnx} were made of, its weights bit for bit.
 *
 * What a file's nodes compute is not looked at: the model that it says it is of is checked, and each of its weights for its shape. What
 * a model learns beside its networks (a prior's components, a likelihood's deviation) is in no ONNX file.
 *
 * @throws `E_FORMAT` for damaged files, files of other programs, of two models or of a newer Latentkit, and symmetric ones, whose kernels are
 * larger; `E_CONFIG` for a model that learns more than its networks.
 * @example
 * const { spec, weights } = importOnnx({
 *   'encoder_model.onnx': await readFile('encoder_model.onnx'),
 *   'decoder_model.onnx': await readFile('decoder_model.onnx'),
 * });
 * const trained = createTrainedModel(spec, weights);
 */
export function importOnnx(files: OnnxFiles): ImportedModel {
  checkValue('importOnnx', 'files', files, filesRule);
  const encoder = readPart(files, 'encoder');
  const decoder = readPart(files, 'decoder');
  if (encoder.metadata[SPEC_KEY] !== decoder.metadata[SPEC_KEY]) {
    throw new LatentkitError('E_FORMAT', 'importOnnx: encoder and decoder are of two models', {
      fix: 'Give two files of one export',
    });
  }
  const { spec, epoch } = encoder.saved;
  const { plan, parameterShapes } = createModel(spec);
  const weights: Record<string, NdArray> = {};
  for (const [layers, part, input] of partsOf(plan, spec, { encoder, decoder })) {
    let shape = input;
    for (const layer of layers) {
      for (const [name, array] of Object.entries(weightsOf(layer, shape, part))) weights[name] = array;
      shape = layer.outputShape;
    }
  }
  const missing = Object.keys(parameterShapes).find((name) => !(name in weights));
  if (missing === undefined) return { spec, weights, epoch };
  throw new LatentkitError('E_CONFIG', `importOnnx: an ONNX file does not hold '${missing}'`, {
    fix: 'Take model.json and model.safetensors of the run: they hold all that a model learned',
  });
}

type Part = OnnxModel & { readonly file: string; readonly saved: ReturnType<typeof parseSavedModel> };

function readPart(files: OnnxFiles, part: 'encoder' | 'decoder'): Part {
  const file = `${part}_model.onnx` as const;
  let model: OnnxModel;
  try {
    model = parseOnnx(files[file]);
  } catch (cause) {
    if (!(cause instanceof LatentkitError)) throw cause;
    throw new LatentkitError(cause.code, `${file}: ${cause.message}`, { cause });
  }
  const json = model.metadata[SPEC_KEY];
  if (json === undefined || model.metadata[PART_KEY] !== part) {
    const got = json === undefined ? 'the file of another program' : `the ${model.metadata[PART_KEY]} of one`;
    throw new LatentkitError(
      'E_FORMAT',
      `${file}: expected the ${part} of a model of Latentkit, got ${got}`,
      {
        fix: 'An ONNX file is read back where Latentkit wrote it: exportOnnx',
      },
    );
  }
  const saved = parseSavedModel(parseJson(new TextEncoder().encode(json), file), file);
  return { ...model, file, saved };
}

/** Layers that follow each other, the part that holds them, and the shape that goes into the first. */
function* partsOf(
  { encoder, heads, decoder, outputs }: ModelPlan,
  { image: { height, width, channels }, latentDim }: ModelSpec,
  parts: { encoder: Part; decoder: Part },
): Generator<[readonly LayerPlan[], Part, readonly number[]]> {
  const pixels = [height, width, channels];
  const features = encoder.at(-1)?.outputShape ?? pixels;
  yield [encoder, parts.encoder, pixels];
  for (const head of heads) yield [[head], parts.encoder, features];
  yield [decoder, parts.decoder, [latentDim]];
  for (const output of outputs) yield [[output], parts.decoder, decoder.at(-1)?.outputShape ?? [latentDim]];
}

/** A layer's weights in the order that the model has them. */
function weightsOf(
  { name, type, parameters, outputShape }: LayerPlan,
  input: readonly number[],
  { tensors, file }: Part,
): Record<string, NdArray> {
  const found: Record<string, NdArray> = {};
  const isImage = (shape: readonly number[]) => shape.length === 3;
  for (const [parameter, { shape }] of Object.entries(parameters)) {
    const tensor = tensors[`${name}.${parameter}`];
    const isKernel = parameter === 'kernel' && type !== 'dense';
    const expected = isKernel ? [shape[3], shape[2], shape[0], shape[1]] : shape;
    if (!(tensor?.data instanceof Float32Array) || String(tensor.shape) !== String(expected)) {
      const got = tensor ? `[${tensor.shape.join(', ')}]` : 'none';
      throw new LatentkitError(
        'E_FORMAT',
        `${file}: expected '${name}.${parameter}' of [${expected.join(', ')}], got ${got}`,
        {
          fix: 'Export the model anew, not symmetric',
        },
      );
    }
    let array: NdArray = { shape: tensor.shape, data: tensor.data };
    if (isKernel) array = turnKernel(array, 'back');
    else if (type === 'dense') {
      const isOfPixels = isImage(outputShape) && array.shape.at(-1) === sizeOfShape(outputShape);
      if (parameter === 'kernel' && isImage(input)) array = turnAxis(array, 0, input, 'back');
      if (isOfPixels) array = turnAxis(array, array.shape.length - 1, outputShape, 'back');
    }
    found[`${name}.${parameter}`] = array;
  }
  return found;
}

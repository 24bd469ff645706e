import { LatentkitError, type NdArray } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import { parseJson } from '@latentkit/formats';
import { type OnnxModel, parseOnnx } from '@latentkit/formats/onnx';
import { checkWeights, createModel, parseSavedModel } from '@latentkit/models';
import { learnedOf, placedLayers, turnedShape, turnWeights } from '../layout/turn-weights.ts';
import type { ImportedModel } from '../model-to-export.ts';
import { type OnnxFiles, PART_KEY, SPEC_KEY } from './export-onnx.ts';
import { LEARNED_KEY, unpackArrays } from './learned-arrays.ts';

const filesRule = having(
  "a model's two ONNX files by name",
  { 'encoder_model.onnx': 'object', 'decoder_model.onnx': 'object' },
  'exportOnnx gives them',
);

/**
 * The model that two ONNX files of {@link exportOnnx} were made of, its weights bit for bit.
 *
 * What a file's nodes compute is not looked at: the model that it says it is of is checked, and each of its weights for its shape.
 *
 * @throws `E_FORMAT` for damaged files, files of other programs, of two models or of a newer Latentkit, and symmetric ones, whose kernels are
 * larger; `E_CONFIG` for files of an older Latentkit of a model that learns more than its networks; `E_NOT_FINITE` for numbers that are none.
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
  const model = createModel(spec);
  const found: Record<string, NdArray> = {};
  for (const { layer, part } of placedLayers(model)) {
    for (const parameter of Object.keys(learnedOf(layer))) {
      const name = `${layer.name}.${parameter}`;
      found[name] = tensorOf(name, turnedShape(layer, parameter), part === 'encoder' ? encoder : decoder);
    }
  }
  const weights = turnWeights(model, found, 'back');
  const learned = unpackArrays(decoder.file, decoder.metadata[LEARNED_KEY]);
  for (const name of Object.keys(model.parameterShapes)) {
    if (!(name in weights) && learned[name]) weights[name] = learned[name];
  }
  const missing = Object.keys(model.parameterShapes).find((name) => !(name in weights));
  if (missing === undefined) {
    checkWeights('importOnnx', weights, model.parameterShapes);
    return { spec, weights, epoch, notes: [] };
  }
  throw new LatentkitError('E_CONFIG', `importOnnx: an ONNX file does not hold '${missing}'`, {
    fix: 'Export the model anew, or take model.json and model.safetensors of the run',
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

function tensorOf(name: string, shape: readonly number[], { tensors, file }: Part): NdArray {
  const tensor = tensors[name];
  if (tensor?.data instanceof Float32Array && String(tensor.shape) === String(shape)) {
    return { shape, data: tensor.data };
  }
  const got = tensor ? `[${tensor.shape.join(', ')}]` : 'none';
  throw new LatentkitError('E_FORMAT', `${file}: expected '${name}' of [${shape.join(', ')}], got ${got}`, {
    fix: 'Export the model anew, not symmetric',
  });
}

import { LatentkitError, type NdArray, sizeOfShape } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import { parseJson, parseSafetensors, toFloat32Arrays } from '@latentkit/formats';
import { createModel, parseSavedModel } from '@latentkit/models';
import { permute } from '../layout/permute.ts';
import { learnedOf, placedLayers, turnedShape, turnWeights } from '../layout/turn-weights.ts';
import { MODEL_KEY } from '../model-key.ts';
import type { ImportedModel } from '../model-to-export.ts';
import { isDenseKernel, type TorchFiles, torchName } from './export-torch.ts';

const filesRule = having(
  'files by name',
  { 'config.json': 'object', 'model.safetensors': 'object' },
  'exportTorch gives them',
);

/**
 * The model of a folder of {@link exportTorch}, its weights bit for bit; or what PyTorch has made of them since: a `state_dict` of
 * `latentkit_torch.py` that was trained further and saved with `safetensors.torch.save_file`.
 *
 * @throws `E_FORMAT` for damaged files, files of other programs, of a newer Latentkit, and tensors that are missing or of another shape;
 * `E_NOT_FINITE` for numbers that are none.
 * @example
 * const { spec, weights } = importTorch({
 *   'config.json': await readFile('config.json'),
 *   'model.safetensors': await readFile('model.safetensors'),
 * });
 */
export function importTorch(files: Pick<TorchFiles, 'config.json' | 'model.safetensors'>): ImportedModel {
  checkValue('importTorch', 'files', files, filesRule);
  const { [MODEL_KEY]: saved } = Object(parseJson(files['config.json'], 'config.json')) as Record<
    string,
    unknown
  >;
  if (saved === undefined) {
    throw new LatentkitError(
      'E_FORMAT',
      `config.json: expected '${MODEL_KEY}', what model it is of, got none`,
      {
        fix: 'A folder is read back where Latentkit wrote it: exportTorch',
      },
    );
  }
  const { spec, epoch } = parseSavedModel(saved, `config.json: ${MODEL_KEY}`);
  const model = createModel(spec);
  const tensors = readTensors(files['model.safetensors']);
  const found: Record<string, NdArray> = {};
  for (const { layer } of placedLayers(model)) {
    for (const parameter of Object.keys(learnedOf(layer))) {
      const name = `${layer.name}.${parameter}`;
      const shape = turnedShape(layer, parameter);
      const isMatrix = isDenseKernel(model, name);
      const array = take(tensors, torchName(name), isMatrix ? [...shape].reverse() : shape);
      found[name] = isMatrix ? permute(array, [1, 0]) : array;
    }
  }
  const weights = turnWeights(model, found, 'back');
  for (const [name, shape] of Object.entries(model.parameterShapes))
    weights[name] ??= take(tensors, name, shape);
  return { spec, weights, epoch, notes: [] };
}

function readTensors(bytes: Uint8Array): Readonly<Record<string, NdArray>> {
  try {
    return toFloat32Arrays(parseSafetensors(bytes).tensors);
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', `model.safetensors: ${(cause as Error).message}`, { cause });
  }
}

function take(tensors: Readonly<Record<string, NdArray>>, name: string, shape: readonly number[]): NdArray {
  const tensor = tensors[name];
  if (!tensor || String(tensor.shape) !== String(shape)) {
    const got = tensor ? `[${tensor.shape.join(', ')}]` : 'none';
    throw new LatentkitError(
      'E_FORMAT',
      `model.safetensors: expected '${name}' of [${shape.join(', ')}], got ${got}`,
    );
  }
  const at = tensor.data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return { shape, data: tensor.data.subarray(0, sizeOfShape(shape)) };
  throw new LatentkitError(
    'E_NOT_FINITE',
    `model.safetensors: '${name}' holds ${tensor.data[at]} at index ${at}`,
  );
}

import { LatentkitError, type NdArray, shorten, sizeOfShape } from '@latentkit/core';
import { checkOptions, checkValue, type OptionRules, objectRule } from '@latentkit/core/options';
import { parseJson } from '@latentkit/formats';
import type { Hdf5ParsedArray, Hdf5ParsedGroup } from '@latentkit/formats/hdf5';
import type { ModelSpec } from '@latentkit/models';
import { modelOfKeras } from '../keras/import-keras.ts';
import type { KerasFile } from '../keras/keras-file.ts';
import type { ImportedModel } from '../model-to-export.ts';

export interface ImportTfjsOptions {
  /** What model the weights are of, where the files say it of another kind; else it is told from them. */
  spec?: ModelSpec;
}

type Files = Readonly<Record<string, Uint8Array>>;
const RULES: OptionRules<ImportTfjsOptions> = { spec: objectRule };
const MOST_DIMENSIONS = 8;

/**
 * A model from LayersModels of TensorFlow.js: those of {@link exportTfjs} bit for bit, and others as {@link importKeras} reads models of Keras.
 *
 * @param files bytes by path: each `model.json`, and the files of weights that it names, beside it. Of two, one's path speaks of an encoder
 * and one's of a decoder.
 * @throws `E_FORMAT` for damaged files, missing and quantised weights, graph models, and naming the layer that no model of Latentkit has;
 * `E_NOT_FINITE` for numbers that are none; `E_CONFIG` for a model that learns more than its networks.
 * @example
 * const { spec, weights } = importTfjs({ 'encoder/model.json': bytes, 'encoder/group1-shard1of1.bin': more, ... });
 * @see https://www.tensorflow.org/js/guide/save_load
 */
export function importTfjs(files: Files, options: ImportTfjsOptions = {}): ImportedModel {
  checkValue('importTfjs', 'files', files, objectRule);
  checkOptions('importTfjs', options, RULES);
  const models = Object.keys(files).filter((path) => path.endsWith('.json'));
  return modelOfKeras(
    models.map((path) => readModel(path, files)),
    { where: 'importTfjs', ...options },
  );
}

interface ManifestGroup {
  readonly paths?: unknown;
  readonly weights?: unknown;
}

interface Entry {
  readonly name?: unknown;
  readonly shape?: unknown;
  readonly dtype?: unknown;
  readonly quantization?: unknown;
}

function readModel(path: string, files: Files): KerasFile {
  const json = parseJson(files[path]!, path) as Record<string, unknown> | null;
  const { modelTopology, weightsManifest, userDefinedMetadata } = Object(json) as Record<string, unknown>;
  const topology = Object(modelTopology) as Record<string, unknown>;
  if (!Array.isArray(weightsManifest) || modelTopology === undefined || 'node' in topology) {
    const what = 'node' in topology ? 'a graph model, whose layers are gone' : 'another JSON';
    throw new LatentkitError('E_FORMAT', `${path}: expected a LayersModel of TensorFlow.js, got ${what}`, {
      fix: 'Save it by model.save of tf.LayersModel, or convert the .keras with --output_format tfjs_layers_model',
    });
  }
  const arrays = new Map<string, NdArray>();
  for (const group of weightsManifest as ManifestGroup[]) readGroup(path, group, { files, arrays });
  return {
    ...{ name: path, config: topology.model_config ?? topology, weights: asGroup(arrays), isLegacy: true },
    ...(userDefinedMetadata !== undefined && { metadata: userDefinedMetadata }),
  };
}

/** The arrays of a group of files that are one stream of bytes. */
function readGroup(
  path: string,
  group: ManifestGroup,
  { files, arrays }: { files: Files; arrays: Map<string, NdArray> },
): void {
  const { paths, weights } = Object(group) as ManifestGroup;
  if (!Array.isArray(paths) || !Array.isArray(weights))
    throw damaged(path, 'its weightsManifest is of another form');
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const shards = paths.map((name) => {
    const bytes = Object.hasOwn(files, folder + String(name)) ? files[folder + String(name)] : undefined;
    if (bytes) return bytes;
    throw new LatentkitError(
      'E_NOT_FOUND',
      `${path}: its weights are in ${shorten(String(name))}, which is not there`,
      {
        fix: 'Give the files that lie beside it, too',
      },
    );
  });
  const bytes = new Uint8Array(shards.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const shard of shards) {
    bytes.set(shard, end);
    end += shard.length;
  }
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const entry of weights as Entry[]) {
    const { name, shape, dtype, quantization } = Object(entry) as Entry;
    if (typeof name !== 'string' || !isShape(shape)) throw damaged(path, 'a weight has no name or no shape');
    if (dtype !== 'float32' || quantization !== undefined) {
      const got = quantization === undefined ? String(dtype) : 'quantised numbers';
      throw new LatentkitError(
        'E_FORMAT',
        `${path}: expected '${shorten(name)}' to hold float32, got ${shorten(got)}`,
      );
    }
    const count = sizeOfShape(shape);
    if (at + 4 * count > bytes.length) throw damaged(path, `the numbers of '${shorten(name)}' are cut off`);
    if (arrays.has(name)) throw damaged(path, `two weights are called '${shorten(name)}'`);
    const start = at;
    arrays.set(name, {
      shape,
      data: Float32Array.from({ length: count }, (_, i) => view.getFloat32(start + 4 * i, true)),
    });
    at += 4 * count;
  }
}

const isShape = (value: unknown): value is number[] =>
  Array.isArray(value) &&
  value.length <= MOST_DIMENSIONS &&
  value.every((size) => Number.isSafeInteger(size) && size >= 0);

const damaged = (path: string, words: string) =>
  new LatentkitError('E_FORMAT', `${path}: the model is damaged: ${words}`, { fix: 'Save it anew' });

/** Arrays by names with slashes as the groups in which older files of Keras keep them. */
function asGroup(arrays: ReadonlyMap<string, NdArray>): Hdf5ParsedGroup {
  const group = (prefix: string): Hdf5ParsedGroup => {
    const members = new Map<string, Hdf5ParsedGroup | Hdf5ParsedArray>();
    for (const [name, array] of arrays) {
      if (!name.startsWith(prefix)) continue;
      const [first, ...rest] = name.slice(prefix.length).split('/');
      if (rest.length === 0)
        members.set(first!, { texts: () => undefined, shape: array.shape, read: () => array as never });
      else if (!members.has(first!)) members.set(first!, group(`${prefix}${first}/`));
    }
    return {
      texts: (name) => (prefix === '' && name === 'weight_names' ? [...arrays.keys()] : undefined),
      members,
    };
  };
  return group('');
}

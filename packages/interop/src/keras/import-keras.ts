import { LatentkitError, type NdArray } from '@latentkit/core';
import { checkOptions, checkValue, type OptionRules, objectRule } from '@latentkit/core/options';
import { type Hdf5ParsedGroup, isGroup } from '@latentkit/formats/hdf5';
import { checkWeights, createModel, type Model, type ModelSpec, parseSavedModel } from '@latentkit/models';
import { type FoundLayer, type FoundNetwork, unlike } from '../foreign/found-network.ts';
import { inferSpec } from '../foreign/infer-spec.ts';
import { checkLearned, matchWeights } from '../foreign/match-weights.ts';
import { MODEL_KEY } from '../model-key.ts';
import type { ImportedModel } from '../model-to-export.ts';
import { buildNetworks } from './build-networks.ts';
import { activationName, isNetwork, type KerasLayer, kerasLayers } from './keras-config.ts';
import { type KerasFile, readKerasFile } from './keras-file.ts';
import { snakeCase } from './keras-model.ts';
import { float32Of, groupAt, layersIn, varsOf } from './layer-weights.ts';
import type { BuiltLayer, BuiltNetwork } from './network-builder.ts';
import { type ReadNetwork, readNetwork } from './read-network.ts';

export interface ImportKerasOptions {
  /** What model the weights are of, where the files do not say it or say it of another kind; else it is told from them. */
  spec?: ModelSpec;
}

const RULES: OptionRules<ImportKerasOptions> = { spec: objectRule };
const PARTS = ['encoder', 'decoder'] as const;
type Part = (typeof PARTS)[number];

/**
 * A model from files of Keras: encoder and decoder as two of them, or both in one; `.keras`, `.weights.h5`, or the `.h5` of older days.
 *
 * Those of {@link exportKeras} come back with their weights bit for bit. Of others the model is told from their layers, or, where a
 * file holds weights alone, from the shapes of these: what had to be guessed is a sentence in `notes`. No code of a file is run.
 *
 * @param files bytes by name; of two, one is called like an encoder and one like a decoder.
 * @returns the model; notes say what the files leave open, and which layers give mean and log variance.
 * @throws `E_FORMAT` for damaged files, and naming the layer that no model of Latentkit has; `E_NOT_FINITE` for numbers that are none;
 * `E_CONFIG` for a model that learns more than its networks.
 * @example
 * const { spec, weights, notes } = await importKeras({ 'vae.weights.h5': await readFile('vae.weights.h5') });
 * @see https://keras.io/examples/generative/vae/
 */
export async function importKeras(
  files: Readonly<Record<string, Uint8Array>>,
  options: ImportKerasOptions = {},
): Promise<ImportedModel> {
  checkValue('importKeras', 'files', files, objectRule);
  checkOptions('importKeras', options, RULES);
  const read = await Promise.all(Object.entries(files).map(([name, bytes]) => readKerasFile(name, bytes)));
  return modelOfKeras(read, { where: 'importKeras', ...options });
}

/** The model of files that are read already: those of TensorFlow.js are the same but for their bytes. */
export function modelOfKeras(
  files: readonly KerasFile[],
  { where: caller, spec: given }: ImportKerasOptions & { where: string },
): ImportedModel {
  const where = files.map(({ name }) => name).join(', ');
  const told = partsOf(caller, where, files);
  const own = ownModel(caller, files);
  const changes: string[] = [];
  if (own) {
    const model = createModel(own.spec);
    const { written, change } = compareLayers(caller, model, told);
    if (change === undefined) {
      return { ...own, weights: ownWeights(where, model, { told, written }), notes: [] };
    }
    changes.push(
      `${change}: the model is told from its layers, and no longer from what Latentkit wrote of it`,
    );
  }
  const networks = { encoder: told.encoder.read(), decoder: told.decoder.read() };
  const network: FoundNetwork = {
    ...{ encoder: networks.encoder.layers, decoder: networks.decoder.layers, channelsFirst: false },
  };
  const { input } = networks.encoder;
  const { spec, notes } = given
    ? { spec: given, notes: [] }
    : inferSpec(where, { ...network, ...(input?.length === 3 && { image: input }) });
  const matched = matchWeights(where, spec, network);
  const all = [changes, networks.encoder.notes, networks.decoder.notes, notes, matched.notes].flat();
  return { spec, weights: matched.weights, epoch: 0, notes: all };
}

/** What the files say of their model where Latentkit wrote them, both the same. */
function ownModel(
  where: string,
  files: readonly KerasFile[],
): { spec: ModelSpec; epoch: number } | undefined {
  const saved = files.map(({ metadata }) => (Object(metadata) as Record<string, unknown>)[MODEL_KEY]);
  if (saved.every((one) => one === undefined)) return undefined;
  const [first, second = first] = saved.map((one) => JSON.stringify(one));
  if (first !== second) {
    throw new LatentkitError('E_FORMAT', `${where}: encoder and decoder are of two models`, {
      fix: 'Give two files of one export',
    });
  }
  const { spec, epoch } = parseSavedModel(saved[0], `${files[0]!.name}: what Latentkit says of it`);
  return { spec, epoch };
}

/** Of a layer's config, what decides its numbers. */
const DECIDING = [
  'units',
  'filters',
  'kernel_size',
  'strides',
  'padding',
  'cropping',
  'scale',
  'offset',
  'alpha',
];

/** What Latentkit wrote, and where the layers of a file are no longer that, as somebody changed them. */
function compareLayers(
  where: string,
  model: Model,
  told: Readonly<Record<Part, ToldPart>>,
): { written: Record<Part, BuiltNetwork>; change: string | undefined } {
  const compared = [false, true].map((leakyLayers) => {
    const written = buildNetworks(model, { where, leakyLayers });
    return {
      written,
      change: PARTS.map((part) => changeOf(part, told[part].layers, written[part].layers)).find(Boolean),
    };
  });
  return compared.find(({ change }) => change === undefined) ?? compared[0]!;
}

function changeOf(
  part: Part,
  found: readonly KerasLayer[] | undefined,
  written: readonly BuiltLayer[],
): string | undefined {
  if (!found) return `the ${part} lists no layers, and Latentkit wrote them`;
  const kinds = (layers: readonly { className: string }[]) => layers.map(({ className }) => className).join();
  if (kinds(found) !== kinds(written)) return `the ${part} has other layers than Latentkit wrote`;
  for (const [i, { name, config }] of found.entries()) {
    const own: Readonly<Record<string, unknown>> = written[i]!.config;
    const differs = (key: string) =>
      key in config && key in own && JSON.stringify(config[key]) !== JSON.stringify(own[key]);
    const key = DECIDING.find(differs);
    if (key)
      return `'${name}' of the ${part} has ${key} ${JSON.stringify(config[key])}, and Latentkit wrote ${JSON.stringify(own[key])}`;
    const [activation, before] = [config.activation, own.activation].map(activationName);
    if ('activation' in own && activation !== before) {
      return `'${name}' of the ${part} has the activation ${activation}, and Latentkit wrote ${before}`;
    }
  }
  return undefined;
}

/** The weights of networks whose layers are those that Latentkit wrote: each layer says which of the model's it holds. */
function ownWeights(
  where: string,
  model: Model,
  {
    told,
    written,
  }: { told: Readonly<Record<Part, ToldPart>>; written: Readonly<Record<Part, BuiltNetwork>> },
): Record<string, NdArray> {
  const weights: Record<string, NdArray> = {};
  for (const part of PARTS) {
    const { layers = [], arraysOf } = told[part];
    for (const [i, layer] of layers.entries()) {
      const names = written[part].layers[i]!.weights;
      const arrays = names.length > 0 ? arraysOf(layer) : [];
      for (const [at, name] of names.entries()) weights[name] = ownArray(where, model, name, arrays[at]);
    }
  }
  checkLearned(where, model, weights);
  checkWeights(where, weights, model.parameterShapes);
  return weights;
}

function ownArray(where: string, { parameterShapes }: Model, name: string, array?: NdArray): NdArray {
  const shape = parameterShapes[name]!;
  if (array && String(array.shape) === String(shape)) return array;
  const got = array ? `[${array.shape.join(', ')}]` : 'none';
  throw new LatentkitError('E_FORMAT', `${where}: expected '${name}' of [${shape.join(', ')}], got ${got}`, {
    fix: 'Export the model anew',
  });
}

/** An encoder or a decoder before anything of it is understood. */
interface ToldPart {
  /** All its layers, where the file lists them. */
  readonly layers?: readonly KerasLayer[];
  /** What one of them has learned. */
  arraysOf(layer: KerasLayer): readonly NdArray[];
  /** With all that the file says of it. */
  read(): ReadNetwork;
}

function partsOf(caller: string, where: string, files: readonly KerasFile[]): Record<Part, ToldPart> {
  if (files.length === 1) {
    const found = PARTS.map((part) => partWithin(files[0]!, part));
    if (found[0] && found[1]) return { encoder: found[0], decoder: found[1] };
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: expected a model with an encoder and a decoder, and found no two such parts`,
      {
        fix: "Give two files, one of the encoder and one of the decoder: encoder.save('encoder.keras'), decoder.save('decoder.keras')",
      },
    );
  }
  const named = PARTS.map((part) => files.filter(({ name }) => new RegExp(part, 'i').test(name)));
  const [[encoder], [decoder]] = named as [KerasFile[], KerasFile[]];
  if (files.length !== 2 || !encoder || !decoder || encoder === decoder) {
    throw new LatentkitError(
      'E_USAGE',
      `${caller}: expected one file, or two of an encoder and a decoder, got ${where || 'none'}`,
      {
        fix: "Call them by what they are: 'encoder.keras' and 'decoder.keras'",
      },
    );
  }
  return { encoder: wholeFile(encoder), decoder: wholeFile(decoder) };
}

/** A file that is one part. */
function wholeFile(file: KerasFile): ToldPart {
  const { name, config, weights, isLegacy } = file;
  if (config === undefined) return partOfWeights(name, weights, isLegacy);
  if (isNetwork(config)) return partOfConfig(name, config, { weights, isLegacy });
  throw notListed(name);
}

const notListed = (name: string) =>
  unlike(
    name,
    'the file does not list the layers of its model, as that is of a class of its own; its encoder and decoder do',
  );

/** The encoder or the decoder in a file of both: a model of its own in the other's attributes or layers. */
function partWithin(file: KerasFile, part: Part): ToldPart | undefined {
  const { name, config, weights, isLegacy } = file;
  const own = groupAt(weights, [part]);
  if (config === undefined) return own && partOfWeights(name, own, isLegacy);
  const { config: inside } = Object(config) as { config?: Record<string, unknown> };
  const attribute = Object(inside)[part] as unknown;
  if (isNetwork(attribute) && own) return partOfConfig(name, attribute, { weights: own, isLegacy });
  if (!isNetwork(config)) return own && !isLegacy ? partOfWeights(name, own, isLegacy) : undefined;
  // A model among the layers of another: its weights lie where those of a layer do.
  const layers = kerasLayers(name, config);
  const listed = listOf(config).find(
    (layer) => isNetwork(layer) && new RegExp(part, 'i').test(nameOf(layer)),
  );
  if (!listed || !isNetwork(listed)) return undefined;
  const layer = layers.find((one) => one.name === nameOf(listed))!;
  const group = isLegacy
    ? (groupAt(weights, [layer.name]) ?? weights)
    : groupAt(weights, ['layers', folderOf(layers, layer)]);
  return group && partOfConfig(name, listed, { weights: group, isLegacy });
}

const listOf = ({ config }: { config: unknown }) =>
  (Array.isArray(config) ? config : (config as { layers: unknown[] }).layers) as unknown[];
const nameOf = (layer: unknown) =>
  String(
    (layer as { name?: unknown; config: { name?: unknown } }).name ??
      (layer as { config: { name?: unknown } }).config.name,
  );

interface Stored {
  readonly weights: Hdf5ParsedGroup;
  readonly isLegacy: boolean;
}

function partOfConfig(
  where: string,
  config: { class_name: string; config: unknown },
  { weights, isLegacy }: Stored,
): ToldPart {
  const layers = kerasLayers(where, config);
  const arraysOf = (layer: KerasLayer) =>
    isLegacy
      ? legacyArrays(where, weights, layer.name)
      : varsOf(where, layer.name, groupAt(weights, ['layers', folderOf(layers, layer)]));
  return {
    layers,
    arraysOf,
    read: () => readNetwork(where, layers, arraysOf),
  };
}

function partOfWeights(where: string, weights: Hdf5ParsedGroup, isLegacy: boolean): ToldPart {
  const stored = () => (isLegacy ? legacyLayers(where, weights) : layersIn(where, weights));
  return {
    arraysOf: () => [],
    read: () => ({ layers: stored().map((layer) => storedLayer(where, layer)), notes: [] }),
  };
}

/** Keras calls a layer's group by its class, and its number among those of its class. */
function folderOf(layers: readonly KerasLayer[], wanted: KerasLayer): string {
  const folder = snakeCase(wanted.className);
  const before = layers
    .slice(0, layers.indexOf(wanted))
    .filter(({ className }) => snakeCase(className) === folder).length;
  return before > 0 ? `${folder}_${before}` : folder;
}

const TYPES: Readonly<Record<string, FoundLayer['type']>> = {
  dense: 'dense',
  conv2d: 'convolution',
  conv2d_transpose: 'transposedConvolution',
};

function storedLayer(
  where: string,
  { name, folder, arrays }: { name: string; folder: string; arrays: readonly NdArray[] },
): FoundLayer {
  const type = Object.hasOwn(TYPES, folder) ? TYPES[folder] : undefined;
  const [kernel, bias] = arrays;
  if (!type || kernel?.shape.length !== (type === 'dense' ? 2 : 4) || arrays.length > 2) {
    throw unlike(
      where,
      `'${name}' is a ${folder}, with ${arrays.length} arrays, which no model of Latentkit has`,
    );
  }
  return { name, type, kernel, ...(bias && { bias }) };
}

/** The arrays of a layer as Keras 2 kept them, in the order of `weight_names`: of its own, or of the model that it is in. */
function legacyArrays(where: string, weights: Hdf5ParsedGroup, layer: string): NdArray[] {
  const own = groupAt(weights, [layer]);
  const names = own?.texts('weight_names');
  const group = own && names ? own : weights;
  const paths = names ?? (weights.texts('weight_names') ?? []).filter((path) => path.startsWith(`${layer}/`));
  return paths.map((path) => {
    const folders = path.split('/');
    const array = groupAt(group, folders.slice(0, -1))?.members.get(folders.at(-1)!);
    if (array && !isGroup(array)) return float32Of(where, `${layer}/${path}`, array);
    throw new LatentkitError('E_FORMAT', `${where}: expected an array '${path}' in '${layer}', got none`);
  });
}

/** Layers of a file of Keras 2 that holds weights alone: their order is said, their kinds are told from their arrays. */
function legacyLayers(where: string, weights: Hdf5ParsedGroup) {
  // A model among the layers of another lists the weights of its own layers in one.
  const within = (weights.texts('weight_names') ?? []).map((path) => path.slice(0, path.lastIndexOf('/')));
  return (weights.texts('layer_names') ?? [...new Set(within)]).flatMap((name) => {
    const arrays = legacyArrays(where, weights, name);
    if (arrays.length === 0) return [];
    const transposed = /transpose|deconv/i.test(name);
    return [
      {
        name,
        folder: arrays[0]!.shape.length === 2 ? 'dense' : transposed ? 'conv2d_transpose' : 'conv2d',
        arrays,
      },
    ];
  });
}

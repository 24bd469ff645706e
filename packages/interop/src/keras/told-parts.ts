import { LatentkitError, type NdArray } from '@latentkit/core';
import type { Hdf5ParsedGroup } from '@latentkit/formats/hdf5';
import { type FoundLayer, unlike } from '../foreign/found-network.ts';
import { isNetwork, type KerasLayer, kerasLayers } from './keras-config.ts';
import type { KerasFile } from './keras-file.ts';
import { snakeCase } from './keras-model.ts';
import { groupAt, layersIn, varsOf } from './layer-weights.ts';
import { legacyArrays, legacyLayers } from './legacy-layers.ts';
import { type ReadNetwork, readNetwork } from './read-network.ts';

export const PARTS = ['encoder', 'decoder'] as const;
export type Part = (typeof PARTS)[number];

/** An encoder or a decoder before anything of it is understood. */
export interface ToldPart {
  /** All its layers, where the file lists them. */
  readonly layers?: readonly KerasLayer[];
  /** What one of them has learned. */
  arraysOf(layer: KerasLayer): readonly NdArray[];
  /** With all that the file says of it. */
  read(): ReadNetwork;
}

/** Encoder and decoder, of two files or of one. */
export function partsOf(caller: string, where: string, files: readonly KerasFile[]): Record<Part, ToldPart> {
  if (files.length === 1) {
    const found = PARTS.map((part) => partWithin(files[0]!, part));
    if (found[0] && found[1]) return { encoder: found[0], decoder: found[1] };
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: expected a model with an encoder and a decoder, and found no two such parts`,
      {
        fix: "Give two files, one of the encoder and one of the decoder; encoder.save('encoder.keras') and decoder.save('decoder.keras') write them",
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

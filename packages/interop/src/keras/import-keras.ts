import { LatentkitError, type NdArray } from '@latentkit/core';
import { checkOptions, checkValue, type OptionRules, objectRule } from '@latentkit/core/options';
import { checkWeights, createModel, type Model, type ModelSpec, parseSavedModel } from '@latentkit/models';
import type { FoundNetwork } from '../foreign/found-network.ts';
import { inferSpec } from '../foreign/infer-spec.ts';
import { checkLearned, matchWeights } from '../foreign/match-weights.ts';
import { MODEL_KEY } from '../model-key.ts';
import type { ImportedModel } from '../model-to-export.ts';
import { compareLayers } from './compare-layers.ts';
import { type KerasFile, readKerasFile } from './keras-file.ts';
import type { BuiltNetwork } from './network-builder.ts';
import { PARTS, type Part, partsOf, type ToldPart } from './told-parts.ts';

export interface ImportKerasOptions {
  /** What model the weights are of, where the files do not say it or say it of another kind; else it is told from them. */
  spec?: ModelSpec;
}

const RULES: OptionRules<ImportKerasOptions> = { spec: objectRule };
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

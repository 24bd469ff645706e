import { type Accelerator, LatentkitError, type NamedArrays } from '@latentkit/core';
import {
  acceleratorRule,
  checkOptions,
  checkValue,
  functionRule,
  type OptionRule,
  objectRule,
} from '@latentkit/core/options';
import { parseJson, parseSafetensors, toFloat32Arrays } from '@latentkit/formats';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type AcceleratedModel, openTrainedModel } from '../trained/accelerated-model.ts';
import { createTrainedModel, type TrainedModel } from '../trained/trained-model.ts';
import { checkWeightsFile } from './check-weights-file.ts';
import { parseSavedModel, type SavedModel } from './model-json.ts';

interface Saved {
  /** What was saved with it: the epoch, the objective. */
  readonly saved: SavedModel;
  /** As they were saved. */
  readonly weights: NamedArrays;
}

/** A saved model, ready to use. */
export interface LoadedModel extends TrainedModel, Saved {}

/** A saved model, ready to use on an accelerator. */
export interface LoadedAcceleratedModel extends AcceleratedModel, Saved {}

type Bytes = Uint8Array | ArrayBuffer | Blob;
type Source = string | URL | Readonly<Record<string, Bytes>>;

export interface LoadModelOptions {
  fetch?: typeof globalThis.fetch;
  /** Where it computes, asynchronously, instead of on tfjs's current backend. */
  accelerator?: Accelerator<Tensor>;
}

const sourceRule: OptionRule = {
  be: 'be a URL, or the files by name',
  code: 'E_USAGE',
  fits: (value) => typeof value === 'string' || objectRule.fits(value),
};

/**
 * A model from `model.json` and `model.safetensors`, on the current tfjs backend or on an accelerator: in Node
 * and in a page.
 *
 * @param source where the two files lie (a URL of http, https, data or blob that ends where their names begin), or the
 * files themselves by name, as `readFile`, `fetch` or a file picker gives them.
 * @throws `E_NOT_FOUND` where a file is missing; `E_NETWORK` where it can't be fetched; `E_FORMAT` for damaged files, those
 * of a newer Latentkit, and weights that were not saved with their `model.json`; `E_SHAPE` for weights of another model; `E_NOT_FINITE` for weights that hold NaN.
 * @example
 * const trained = await loadModel('https://example.org/runs/digits/');
 * const pictures = trained.sample({ count: 16, seed: 1 }); // [16, height, width, channels]
 * @example
 * const quick = await loadModel('/runs/digits/', { accelerator: await createAccelerator() });
 * const more = await quick.sample({ count: 1000 }); // on all cores, and the page goes on
 */
export async function loadModel(
  source: Source,
  options: LoadModelOptions & { accelerator: Accelerator<Tensor> },
): Promise<LoadedAcceleratedModel>;
export async function loadModel(
  source: Source,
  options?: LoadModelOptions & { accelerator?: undefined },
): Promise<LoadedModel>;
export async function loadModel(
  source: Source,
  options: LoadModelOptions = {},
): Promise<LoadedModel | LoadedAcceleratedModel> {
  checkValue('loadModel', 'source', source, sourceRule);
  checkOptions('loadModel', options, { fetch: functionRule, accelerator: acceleratorRule });
  const { fetch = globalThis.fetch, accelerator } = options;
  const read = (name: string) =>
    typeof source === 'string' || source instanceof URL
      ? download(`${String(source).replace(/\/?$/, '/')}${name}`, fetch)
      : toBytes(source[name], name);
  const saved = parseSavedModel(parseJson(await read('model.json'), 'model.json'), 'model.json');
  const bytes = await read('model.safetensors');
  const weights = parseWeights(bytes);
  checkWeightsFile(saved, bytes, 'model.safetensors');
  return accelerator
    ? { ...(await openTrainedModel(saved.spec, weights, { accelerator })), saved, weights }
    : { ...createTrainedModel(saved.spec, weights), saved, weights };
}

async function download(url: string, fetch: typeof globalThis.fetch): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new LatentkitError('E_NETWORK', `loadModel: could not fetch ${url}: ${(cause as Error).message}`, {
      cause,
      fix: 'For files on a disk, read them and pass { [name]: bytes }',
    });
  }
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  const code = response.status === 404 ? 'E_NOT_FOUND' : 'E_NETWORK';
  throw new LatentkitError(code, `loadModel: ${url} answered ${response.status}`);
}

async function toBytes(file: Bytes | undefined, name: string): Promise<Uint8Array> {
  if (file instanceof Uint8Array) return file;
  if (file instanceof ArrayBuffer) return new Uint8Array(file);
  if (file instanceof Blob) return new Uint8Array(await file.arrayBuffer());
  const got = file === undefined ? 'nothing' : typeof file;
  throw new LatentkitError('E_NOT_FOUND', `loadModel: expected ${name} as bytes or a Blob, got ${got}`);
}

function parseWeights(bytes: Uint8Array): NamedArrays {
  try {
    return toFloat32Arrays(parseSafetensors(bytes).tensors);
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', `model.safetensors: ${(cause as Error).message}`, { cause });
  }
}

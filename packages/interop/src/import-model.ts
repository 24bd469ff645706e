import { LatentkitError } from '@latentkit/core';
import { checkOptions, checkValue, type OptionRules, objectRule } from '@latentkit/core/options';
import { readZip } from '@latentkit/formats';
import type { ModelSpec } from '@latentkit/models';
import { importKeras } from './keras/import-keras.ts';
import type { ImportedModel } from './model-to-export.ts';
import { importOnnx } from './onnx/import-onnx.ts';
import { importTfjs } from './tfjs/import-tfjs.ts';
import { importStateDict } from './torch/import-state-dict.ts';
import { importTorch } from './torch/import-torch.ts';

/** Whose files a model came in. */
export type ModelFormat = 'onnx' | 'keras' | 'tfjs' | 'torch';

export interface ImportModelOptions {
  /** What model the weights are of, where the files do not say it; else it is told from them. */
  spec?: ModelSpec;
}

const RULES: OptionRules<ImportModelOptions> = { spec: objectRule };

type Files = Readonly<Record<string, Uint8Array>>;
/** What a file is, by what it holds. */
type Kind = 'keras' | 'stateDict' | 'tfjs' | 'json' | 'python' | 'onnx' | 'unknown';

/**
 * A model from the files of another program, whichever they are: ONNX files of {@link exportOnnx}, files of Keras, LayersModels of TensorFlow.js,
 * a `state_dict` of PyTorch, a folder of {@link exportTorch}. What they are is found by what they hold.
 *
 * @param files bytes by name: one file, an encoder and a decoder, or all of a folder that was exported.
 * @throws as {@link importOnnx}, {@link importKeras}, {@link importTfjs}, {@link importStateDict} and {@link importTorch}; `E_FORMAT` for files of no such
 * program; `E_USAGE` for a spec where the files say what they are.
 * @example
 * const { format, spec, weights, notes } = await importModel({ 'vae.pt': await readFile('vae.pt') });
 */
export async function importModel(
  files: Files,
  options: ImportModelOptions = {},
): Promise<ImportedModel & { readonly format: ModelFormat }> {
  checkValue('importModel', 'files', files, objectRule);
  checkOptions('importModel', options, RULES);
  const kinds = Object.entries(files).map(([name, bytes]) => ({ name, bytes, kind: kindOf(name, bytes) }));
  const of = (kind: Kind) => kinds.filter((file) => file.kind === kind);
  const given = (rows: typeof kinds) => Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
  const [keras, onnx, [dict, ...others], [config]] = [of('keras'), of('onnx'), of('stateDict'), of('json')];
  const told = options.spec && { spec: options.spec };
  if (of('tfjs').length > 0) return { format: 'tfjs', ...importTfjs(files, told) };
  if (onnx.length > 0 && !dict && keras.length === 0) {
    const part = (name: string) => onnx.find((file) => file.name.includes(name))?.bytes;
    const [encoder, decoder] = [part('encoder'), part('decoder')];
    if (!encoder || !decoder) throw notWhole(onnx.map(({ name }) => name));
    refuseSpec(told);
    return {
      format: 'onnx',
      ...importOnnx({ 'encoder_model.onnx': encoder, 'decoder_model.onnx': decoder }),
    };
  }
  if (keras.length > 0 && !dict && onnx.length === 0)
    return { format: 'keras', ...(await importKeras(given(keras), told)) };
  if (dict && config && others.length + keras.length + onnx.length === 0) {
    refuseSpec(told);
    return {
      format: 'torch',
      ...importTorch({ 'config.json': config.bytes, 'model.safetensors': dict.bytes }),
    };
  }
  if (dict && others.length + keras.length + onnx.length === 0) {
    return { format: 'torch', ...(await importStateDict(dict.bytes, { ...told, name: dict.name })) };
  }
  const names = kinds.map(({ name }) => name).join(', ') || 'none';
  throw new LatentkitError('E_FORMAT', `importModel: expected the files of one model, got ${names}`, {
    fix: "Give ONNX files of Latentkit's export, .keras, .weights.h5 or .h5 of Keras, model.json of TensorFlow.js, or a state_dict as .pt or .safetensors",
  });
}

const notWhole = (names: readonly string[]) =>
  new LatentkitError(
    'E_FORMAT',
    `importModel: expected the encoder and the decoder that exportOnnx writes, got ${names.join(', ')}`,
    {
      fix: 'An ONNX file is read back where Latentkit wrote it: give encoder_model.onnx and decoder_model.onnx',
    },
  );

/** What was exported says of what model it is. */
function refuseSpec(told: object | undefined): void {
  if (!told) return;
  throw new LatentkitError(
    'E_USAGE',
    'importModel: the files say of what model they are, and a spec says it, too',
    {
      fix: 'Leave the spec out',
    },
  );
}

const startsWith = (bytes: Uint8Array, start: string) =>
  start.split('').every((letter, i) => bytes[i] === letter.charCodeAt(0));
const isText = (bytes: Uint8Array) => /^\s*[{"#]/.test(new TextDecoder().decode(bytes.subarray(0, 16)));

function kindOf(name: string, bytes: Uint8Array): Kind {
  if (!(bytes instanceof Uint8Array)) {
    throw new LatentkitError('E_USAGE', `importModel: expected ${name} as a Uint8Array, got ${typeof bytes}`);
  }
  if (startsWith(bytes, '\x89HDF')) return 'keras';
  if (startsWith(bytes, 'PK')) return kindOfZip(name, bytes);
  if (bytes[8] === '{'.charCodeAt(0) && bytes[7] === 0) return 'stateDict';
  if (/(^|\/)model\.json$/.test(name)) return 'tfjs';
  if (isText(bytes)) return bytes[0] === '{'.charCodeAt(0) ? 'json' : 'python';
  // A message of ONNX begins with a field of a low number; pickles of older days are for importStateDict to tell of.
  if (name.endsWith('.onnx') || bytes[0] === 0x08) return 'onnx';
  // What is damaged is told by who reads such files.
  if (/\.(keras|h5|hdf5)$/i.test(name)) return 'keras';
  return /\.(pt|pth|bin|pkl|ckpt|safetensors)$/i.test(name) ? 'stateDict' : 'unknown';
}

/** Keras's, or PyTorch's; by its name where it holds neither's files, or cannot be read. */
function kindOfZip(name: string, bytes: Uint8Array): Kind {
  const names = namesIn(bytes);
  if (names.some((one) => one === 'config.json' || one.endsWith('model.weights.h5'))) return 'keras';
  if (names.some((one) => one.endsWith('data.pkl'))) return 'stateDict';
  return /\.keras$/i.test(name) ? 'keras' : 'stateDict';
}

function namesIn(bytes: Uint8Array): readonly string[] {
  try {
    return readZip(bytes).map((file) => file.name);
  } catch {
    return []; // told by who reads all of it, with the file's name
  }
}

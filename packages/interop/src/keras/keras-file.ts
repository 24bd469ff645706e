import { LatentkitError } from '@latentkit/core';
import { parseJson, readZip } from '@latentkit/formats';
import { type Hdf5ParsedGroup, parseHdf5 } from '@latentkit/formats/hdf5';

/** A file of Keras, whichever kind it is of. */
export interface KerasFile {
  readonly name: string;
  /** What model it is of; absent where it holds weights alone. */
  readonly config?: unknown;
  /** `metadata.json` of a `.keras`. */
  readonly metadata?: unknown;
  readonly weights: Hdf5ParsedGroup;
  /** Whether weights lie by the names of layers, as Keras 2 kept them. */
  readonly isLegacy: boolean;
}

const ZIP = 'PK';

/** Reads a `.keras`, a `.weights.h5` or a `.h5` of older days: which one is found by what it holds. */
export async function readKerasFile(name: string, bytes: Uint8Array): Promise<KerasFile> {
  try {
    return String.fromCharCode(...bytes.subarray(0, 2)) === ZIP
      ? await readArchive(name, bytes)
      : readHdf5(name, bytes);
  } catch (cause) {
    if (!(cause instanceof LatentkitError) || cause.message.startsWith(name)) throw cause;
    throw new LatentkitError(cause.code, `${name}: ${cause.message}`, { cause });
  }
}

async function readArchive(name: string, bytes: Uint8Array): Promise<KerasFile> {
  const files = readZip(bytes);
  const read = async (wanted: string) => files.find((file) => file.name === wanted)?.read();
  const [config, metadata, weights] = [
    await read('config.json'),
    await read('metadata.json'),
    await read('model.weights.h5'),
  ];
  if (!config || !weights) {
    throw new LatentkitError(
      'E_FORMAT',
      `${name}: expected a .keras file, with config.json and model.weights.h5, got another ZIP`,
      {
        fix: "Write it with model.save('vae.keras')",
      },
    );
  }
  return {
    ...{
      name,
      config: parseJson(config, `${name}: config.json`),
      weights: parseHdf5(weights),
      isLegacy: false,
    },
    ...(metadata && { metadata: parseJson(metadata, `${name}: metadata.json`) }),
  };
}

function readHdf5(name: string, bytes: Uint8Array): KerasFile {
  const root = parseHdf5(bytes);
  const config = root.texts('model_config')?.[0];
  const legacy = root.members.get('model_weights');
  if (config !== undefined && legacy && 'members' in legacy) {
    return { name, config: parseJson(config, `${name}: model_config`), weights: legacy, isLegacy: true };
  }
  return { name, weights: root, isLegacy: root.texts('layer_names') !== undefined };
}

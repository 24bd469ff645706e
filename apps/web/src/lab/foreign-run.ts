import { importedConfig, importedRunFiles, type NamedBytes, RUN_FILES } from '@latentkit/experiment/store';
import { version_core } from '@tensorflow/tfjs-core';

/** Files that models of other programs come in. */
const FOREIGN = /\.(?:onnx|keras|h5|hdf5|pt|pth|ckpt|safetensors)$|(?:^|\/)model\.json$/i;
/** A model of another program has no more files; a folder of pictures that holds one by chance has. */
const MOST_FILES = 40;
const OWN = [RUN_FILES.config, RUN_FILES.model, RUN_FILES.weights];

/** The names in a path from its last folder on. */
const lastOf = (path: string) => path.split('/').at(-1)!;

/**
 * Whether files may be a model of another program: by their names alone, so that thousands of pictures are not read for it. A
 * `model.json` beside a `model.safetensors` is our own, and so is `model.safetensors` where nothing says what it is.
 */
export function mayBeForeign(names: readonly string[]): boolean {
  if (names.length > MOST_FILES || !names.some((name) => FOREIGN.test(name))) return false;
  const last = names.map(lastOf);
  const has = (name: string) => last.includes(name);
  const [config, model, weights] = OWN as [string, string, string];
  if (has(RUN_FILES.checkpoint.split('/').at(-1)!) || has(RUN_FILES.metrics)) return false;
  if (has(weights)) return has(config) && !has(model);
  return !has(model) || last.some((name) => name.endsWith('.bin'));
}

/** Whether a ZIP is the file of a model itself, as Keras and PyTorch write them. */
export const isPackedModel = (names: readonly string[]): boolean =>
  names.some((name) => name === 'model.weights.h5' || name.endsWith('/data.pkl') || name === 'data.pkl');

/**
 * A model of another program as the files of a run, which has not been trained here.
 *
 * @throws as `importModel`.
 */
export async function foreignRun(files: readonly NamedBytes[]): Promise<NamedBytes[]> {
  // Few need it, and it is large.
  const { importModel } = await import('@latentkit/interop');
  const model = await importModel(
    Object.fromEntries(files.map(({ name, bytes }) => [shortOf(name, files), bytes])),
  );
  const config = await importedConfig(model, { from: files.map(({ name }) => lastOf(name)).join(', ') });
  const end = {
    finishedAt: new Date().toISOString(),
    environment: { 'tfjs-core': version_core, on: navigator.userAgent },
  };
  return importedRunFiles(model, { config, end });
}

/** A file's name without the folder that all of them lie in. */
function shortOf(name: string, files: readonly NamedBytes[]): string {
  const folder = name.slice(0, name.indexOf('/') + 1);
  return files.every((file) => file.name.startsWith(folder)) ? name.slice(folder.length) : name;
}
